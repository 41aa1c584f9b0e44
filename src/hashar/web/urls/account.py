"""Addresses of one's own account: ours, and those of allauth that work without mail and open registration.

allauth looks for some addresses by name; where its own page makes no sense here, the name leads to ours.
"""

from allauth.account import views as allauth
from django.urls import include, path

from hashar.web.views import account, invitations

urlpatterns = [
    path("", account.account, name="account"),
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("again/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/first/", allauth.password_set, name="account_set_password"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/mail/", account.password_reset_mail, name="password_reset_mail"),
    path("join/", invitations.join, name="account_signup"),
    path("join/", invitations.join, name="join"),
    path("join/<str:code>/", invitations.join, name="join_with"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("elsewhere/", include("allauth.socialaccount.urls")),
    path("change/", account.account_change, name="account_change"),
    path("language/", account.account_language, name="account_language"),
    path("tokens/", account.tokens_page, name="tokens"),
    path("tokens/<int:token>/withdraw/", account.token_revoke, name="token_revoke"),
    path("export/", account.account_export, name="account_export"),
    path("erase/", account.account_erase, name="account_erase"),
    path("erased/", account.account_erased, name="account_erased"),
]
