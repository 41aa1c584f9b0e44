"""How allauth works here: no open registration, no mail needed, passkeys and one-time codes, all texts ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.people.services.passwords import check_password
from hashar.people.services.sealing import seal, unseal
from hashar.web.texts import sentence, waiting

DONE = {
    "account/messages/logged_in.txt": "",
    "account/messages/logged_out.txt": N_("You are signed out."),
    "account/messages/password_changed.txt": N_("The password is changed. You were signed out everywhere else."),
    "account/messages/password_set.txt": N_("The password is set."),
    "mfa/messages/totp_activated.txt": N_("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": N_("The authenticator app is removed."),
    "mfa/messages/recovery_codes_generated.txt": N_("The recovery codes are made. Earlier ones no longer work."),
    "mfa/messages/webauthn_added.txt": N_("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": N_("The passkey is removed."),
    "usersessions/messages/sessions_logged_out.txt": N_("You are signed out everywhere else."),
    "socialaccount/messages/account_connected.txt": N_("The other account is connected."),
    "socialaccount/messages/account_connected_updated.txt": N_("The other account is connected."),
    "socialaccount/messages/account_connected_other.txt": N_("That account belongs to somebody else here."),
    "socialaccount/messages/account_disconnected.txt": N_("The other account is disconnected."),
}
"""What allauth announces, by the name of its template; an empty text is not worth a line."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come from invitations alone; whatever is said is said in our words."""

    error_messages = {
        "account_inactive": waiting(N_("This account is closed. Ask those who run this site.")),
        "enter_current_password": waiting(N_("This is not your present password.")),
        "incorrect_code": waiting(N_("This code is wrong or too old. Take the one that the app shows now.")),
        "incorrect_password": waiting(N_("The password is wrong.")),
        "too_many_login_attempts": waiting(N_("Too many wrong attempts. Wait five minutes, then try again.")),
        "username_password_mismatch": waiting(N_("The login name or the password is wrong.")),
        "invalid_login": waiting(N_("The login name or the password is wrong.")),
        "rate_limited": waiting(N_("Too many wrong attempts. Wait five minutes, then try again.")),
        "unverified_primary_email": waiting(N_("The mail address has not been confirmed.")),
        "username_taken": waiting(N_("This login name is taken. Take another one.")),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  (allauth's signature)
        """Nobody registers by themselves."""
        return False

    def clean_password(self, password: str, user: Any = None) -> str:  # noqa: ANN401  (allauth's signature)
        """The same check as everywhere, in our words."""
        try:
            check_password(password=password, login=getattr(user, "username", ""), name=getattr(user, "name", ""))
        except UsageError as error:
            raise forms.ValidationError([sentence(problem) for problem in error.problems or (error,)]) from None
        return password

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home, in the person's own language."""
        with translation.override(getattr(request.user, "language", None) or translation.get_language()):
            return reverse("home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  (allauth's signature)
        """The page where one signs in."""
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  (allauth's signature)
        """One's account."""
        return reverse("account")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002  (allauth's signature)
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Announce in our words; what has no words of ours is not announced."""
        text = message or waiting(DONE.get(message_template or "", ""))
        if text:
            shown = messages.SUCCESS if level in (messages.SUCCESS, messages.INFO) else level
            messages.add_message(request, shown, text, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Allauth sends no mail here; reset codes go through ``people.services.accounts``."""


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second factors, in our words; the app is shown the login name, never a mail address."""

    error_messages = {
        "cannot_delete_authenticator": waiting(N_("This second factor cannot be removed.")),
        "cannot_generate_recovery_codes": waiting(N_("Set up an authenticator app or a passkey first.")),
        "incorrect_code": waiting(N_("This code is wrong or too old. Take the one that the app shows now.")),
        "unverified_email": waiting(N_("The mail address has not been confirmed.")),
        "add_email_blocked": waiting(N_("The mail address cannot be changed now.")),
    }

    def _get_user_identifier(self, user: Any) -> str:  # noqa: ANN401  (allauth's signature)
        return str(user.username)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002, ANN401  (allauth's signature)
        """What a new passkey is called until its owner calls it something else."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return sentence(UsageError(N_("Passkey {number}"), number=number))

    def encrypt(self, text: str) -> str:
        """A secret as the database keeps it."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Where the site's key was lost, one that nobody knows: every code is wrong then."""
        text = unseal(encrypted_text)
        return generate_totp_secret() if text is None else text

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site, as a passkey knows it: by its host."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Hashar"}


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """OpenID Connect signs in people who have an account and connected it; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002  (allauth's signature)
        """Nobody registers by themselves."""
        return False

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:  # noqa: ARG002  (allauth's signature)
        """One's account."""
        return reverse("account")


def elsewhere() -> tuple[str, str] | None:
    """Name and address of the site through which people can sign in as well; None when none is set up."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    if not apps:
        return None
    return str(apps[0]["name"]), reverse("openid_connect_login", kwargs={"provider_id": apps[0]["provider_id"]})
