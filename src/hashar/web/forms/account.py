"""Forms of signing in and of one's own account. allauth's forms do the work; labels and help are ours."""

import struct
from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms

from hashar.i18n import LANGUAGE_NAMES, N_
from hashar.people.contracts import Scope
from hashar.web.texts import waiting

PASSWORD_HELP = waiting(N_("At least 10 letters. Several words that belong together only for you are best."))
LOGIN_HELP = waiting(
    N_("3 to 60 letters, digits, dots, hyphens. You sign in with it; others in your organisation see it.")
)


def reword(form: forms.Form, name: str, label: str, help_text: str = "", **attributes: str) -> None:
    """Give a field of allauth's our label and help, and take its placeholder away."""
    field = form.fields[name]
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class LoginForm(account_forms.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Login name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to allauth)
        super().__init__(*args, **kwargs)
        reword(self, "login", waiting(N_("Login name")), autocapitalize="none", spellcheck="false")
        reword(self, "password", waiting(N_("Password")))
        reword(self, "remember", waiting(N_("Stay signed in on this device for two weeks")))


class ReauthenticateForm(account_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to allauth)
        super().__init__(*args, **kwargs)
        reword(self, "password", waiting(N_("Password")))


class ChangePasswordForm(account_forms.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to allauth)
        super().__init__(*args, **kwargs)
        reword(self, "oldpassword", waiting(N_("Present password")))
        reword(self, "password1", waiting(N_("New password")), PASSWORD_HELP)
        reword(self, "password2", waiting(N_("New password once more")))

    def clean(self) -> dict[str, Any]:
        """Both new ones are the same."""
        return same_twice(self, "password1", "password2")


class SetPasswordForm(account_forms.SetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """A first password, for those who have signed in another way until now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to allauth)
        super().__init__(*args, **kwargs)
        reword(self, "password1", waiting(N_("New password")), PASSWORD_HELP)
        reword(self, "password2", waiting(N_("New password once more")))

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        return same_twice(self, "password1", "password2")


class AuthenticateForm(mfa_forms.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second factor, while signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to allauth)
        super().__init__(*args, **kwargs)
        one_time_code(self)


class ReauthenticateCodeForm(mfa_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second factor, once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to allauth)
        super().__init__(*args, **kwargs)
        one_time_code(self)


class ActivateTotpForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to allauth)
        super().__init__(*args, **kwargs)
        reword(self, "code", waiting(N_("Code that the app shows")), inputmode="numeric", autocomplete="one-time-code")


UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error)
"""What allauth and fido2 raise on a credential that no browser would send."""


def _unreadable() -> forms.ValidationError:
    return forms.ValidationError(waiting(N_("The passkey did not work. Try again, or sign in another way.")))


class _Credential:
    """Before allauth's forms that read a passkey: whatever is sent, the answer is a sentence."""

    def clean_credential(self) -> Any:  # noqa: ANN401  (allauth's own record)
        """The passkey that was shown."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # the form beside it has it
        except UNREADABLE:
            raise _unreadable() from None


class LoginPasskeyForm(_Credential, webauthn_forms.LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey alone."""


class AuthenticatePasskeyForm(_Credential, webauthn_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey beside the password."""


class ReauthenticatePasskeyForm(_Credential, webauthn_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey once more."""


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A new passkey; the credential is filled in by the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to allauth)
        super().__init__(*args, **kwargs)
        reword(self, "name", waiting(N_("Name of this passkey")))
        whole = waiting(N_("Sign in with this passkey alone, without login name and password"))
        reword(self, "passwordless", whole)
        self.fields["passwordless"].initial = True

    def clean(self) -> Any:  # noqa: ANN401  (what allauth returns)
        """The new passkey, if it can be read."""
        try:
            return super().clean()
        except UNREADABLE:
            raise _unreadable() from None


class EditPasskeyForm(webauthn_forms.EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to allauth)
        super().__init__(*args, **kwargs)
        reword(self, "name", waiting(N_("Name of this passkey")))
        self.fields["name"].max_length = 100


def one_time_code(form: forms.Form) -> None:
    """Say what may be typed where a code is asked for."""
    about = waiting(N_("Six digits from your authenticator app, or one of your recovery codes."))
    reword(form, "code", waiting(N_("Code")), about, autocomplete="one-time-code", inputmode="text")


def same_twice(form: forms.Form, first: str, second: str) -> dict[str, Any]:
    """Refuse two different passwords, beside the second one."""
    given = form.cleaned_data
    if given.get(first) and given.get(second) and given[first] != given[second]:
        form.add_error(second, waiting(N_("The two passwords differ. Type the same one twice.")))
    return given


def _password(label: str, help_text: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, help_text=help_text, strip=False, max_length=200, widget=widget)


def _code(label: str) -> forms.CharField:
    """A code, typed from paper."""
    about = waiting(N_("Sixteen letters and digits. Hyphens and small letters do not matter."))
    typed = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    return forms.CharField(label=label, help_text=about, max_length=60, widget=forms.TextInput(attrs=typed))


def _login(label: str, help_text: str = "", autocomplete: str = "username") -> forms.CharField:
    typed = {"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(label=label, help_text=help_text, max_length=60, widget=forms.TextInput(attrs=typed))


class CodeForm(forms.Form):
    """The code of an invitation."""

    code = _code(waiting(N_("Code of the invitation")))


class JoinForm(CodeForm):
    """A new account, made with an invitation."""

    name = forms.CharField(
        label=waiting(N_("Your name")),
        help_text=waiting(N_("As colleagues know you.")),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    login = _login(waiting(N_("Login name")), LOGIN_HELP)
    password1 = _password(waiting(N_("Password")), PASSWORD_HELP)
    password2 = _password(waiting(N_("Password once more")))

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same."""
        return same_twice(self, "password1", "password2")


class ResetForm(forms.Form):
    """A new password, with a code from the coordinator."""

    code = _code(waiting(N_("Code from your coordinator")))
    password1 = _password(waiting(N_("New password")), PASSWORD_HELP)
    password2 = _password(waiting(N_("New password once more")))

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same."""
        return same_twice(self, "password1", "password2")


class MailResetForm(forms.Form):
    """Ask for a code by mail."""

    login = _login(waiting(N_("Login name")))


class OwnDataForm(forms.Form):
    """One's own name, mail address and language."""

    name = forms.CharField(
        label=waiting(N_("Your name")), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=waiting(N_("Mail address")),
        help_text=waiting(N_("Not needed. Where this site sends mail, a forgotten password can be reset through it.")),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(label=waiting(N_("Language")), choices=list(LANGUAGE_NAMES.items()))


class TokenForm(forms.Form):
    """A new token."""

    LASTS = (
        (30, waiting(N_("a month"))),
        (90, waiting(N_("three months"))),
        (180, waiting(N_("half a year"))),
        (365, waiting(N_("a year"))),
    )

    name = forms.CharField(
        label=waiting(N_("What it is for")),
        help_text=waiting(N_("So that you know later which one to withdraw: “map of the akimat”.")),
        max_length=80,
    )
    days = forms.TypedChoiceField(label=waiting(N_("Lasts")), choices=LASTS, coerce=int, initial=90)
    scope = forms.ChoiceField(
        label=waiting(N_("May")), choices=[(Scope.READ.value, waiting(N_("read what you may read")))]
    )


class EraseForm(forms.Form):
    """Are you sure: the login name must be typed."""

    login = _login(waiting(N_("Type your login name to confirm")), autocomplete="off")

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to Django)
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_login(self) -> str:
        """It is one's own."""
        given = str(self.cleaned_data["login"]).strip()
        if given.lower() != self.expected:
            raise forms.ValidationError(waiting(N_("This is not your login name.")))
        return given
