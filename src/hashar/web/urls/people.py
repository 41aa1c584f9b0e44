"""Addresses under people."""

from django.urls import path

from hashar.web.views import audit, invitations, operators, people

urlpatterns = [
    path("", people.people, name="people"),
    path("organisations/new/", people.organisation_new, name="organisation_new"),
    path("organisations/<int:organisation_id>/", people.organisation, name="organisation"),
    path("organisations/<int:organisation_id>/change/", people.organisation_change, name="organisation_change"),
    path("organisations/<int:organisation_id>/close/", people.organisation_close, name="organisation_close"),
    path("organisations/<int:organisation_id>/invite/", invitations.invite, name="invite"),
    path(
        "organisations/<int:organisation_id>/invitations/<int:invitation>/withdraw/",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
    path("organisations/<int:organisation_id>/members/<int:membership>/", people.member, name="member"),
    path("organisations/<int:organisation_id>/members/<int:membership>/end/", people.member_end, name="member_end"),
    path(
        "organisations/<int:organisation_id>/members/<int:membership>/reset/", people.member_reset, name="member_reset"
    ),
    path("organisations/<int:organisation_id>/audit/", audit.organisation_audit, name="organisation_audit"),
    path("audit/", audit.site_audit, name="site_audit"),
    path("accounts/", operators.accounts, name="accounts"),
    path("accounts/<int:person>/reset/", operators.account_reset, name="account_reset"),
    path("accounts/<int:person>/close/", operators.account_close, name="account_close"),
]
