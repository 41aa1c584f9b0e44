"""The words shown for the codes of people: kinds, sectors, levels, roles, what was done."""

from hashar.i18n import N_
from hashar.people.contracts import InvitationState, Role

ROLES = {
    Role.COORDINATOR: N_("coordinator"),
    Role.OFFICIAL: N_("official"),
    Role.ANALYST: N_("analyst"),
    Role.PROGRAMME_MANAGER: N_("programme manager"),
    Role.READER: N_("reader"),
}
DUTIES = {
    Role.COORDINATOR: N_("invites members, makes surveys, shares and withdraws releases, reads the audit trail"),
    Role.OFFICIAL: N_("imports registers and monitoring series, sees drafts of releases"),
    Role.ANALYST: N_("uploads survey files, writes codebooks, makes profiles; the only role that reaches microdata"),
    Role.PROGRAMME_MANAGER: N_("looks over the shared findings of many organisations of a territory"),
    Role.READER: N_("reads what is shared"),
}
KINDS = {
    "state_body": N_("state body"),
    "ngo": N_("non-governmental organisation"),
    "school": N_("school"),
    "health": N_("health service"),
    "police": N_("police"),
    "media": N_("media"),
    "business": N_("business"),
    "religious": N_("religious community"),
    "other": N_("other"),
}
SECTORS = {
    "youth": N_("youth"),
    "parents": N_("parents"),
    "business": N_("business"),
    "media": N_("media"),
    "schools": N_("schools"),
    "youth_serving": N_("organisations that serve youth"),
    "law_enforcement": N_("law enforcement"),
    "religious": N_("religious and fraternal organisations"),
    "civic": N_("civic and volunteer groups"),
    "health": N_("health care"),
    "government": N_("state and local government"),
    "substance_use": N_("organisations that work on substance use"),
}
LEVELS = {
    "community": N_("community"),
    "district": N_("district or city"),
    "region": N_("region"),
    "country": N_("country"),
}
INVITATIONS = {
    InvitationState.OPEN: (N_("Open"), "wait"),
    InvitationState.ACCEPTED: (N_("Accepted"), "good"),
    InvitationState.EXPIRED: (N_("Expired"), "neutral"),
    InvitationState.REVOKED: (N_("Withdrawn"), "stop"),
}
ACTIONS = {
    "account.close": N_("account closed"),
    "account.make": N_("account made"),
    "account.operator": N_("right to run the site changed"),
    "account.password": N_("password set by an operator"),
    "account.reopen": N_("account opened again"),
    "account.reset": N_("password reset with a code"),
    "account.reset-code": N_("reset code issued"),
    "codebook.draft": N_("codebook drafted"),
    "codebook.save": N_("codebook saved"),
    "factor.add": N_("second factor set up"),
    "factor.codes": N_("recovery codes made"),
    "factor.remove": N_("second factor removed"),
    "invitation.accept": N_("invitation accepted"),
    "invitation.make": N_("invitation made"),
    "invitation.revoke": N_("invitation withdrawn"),
    "membership.begin": N_("role given"),
    "membership.end": N_("role ended"),
    "microdata.read": N_("microdata read"),
    "organisation.change": N_("organisation changed"),
    "organisation.close": N_("organisation closed"),
    "organisation.create": N_("organisation made"),
    "organisation.reopen": N_("organisation opened again"),
    "person.change": N_("own data changed"),
    "person.erase": N_("personal data erased"),
    "person.export": N_("own data exported"),
    "person.password": N_("password changed"),
    "places.load": N_("places loaded"),
    "profile.ask": N_("profile asked for"),
    "release.make": N_("release made"),
    "release.share": N_("release shared"),
    "release.withdraw": N_("release withdrawn"),
    "retention.purge": N_("old personal data removed"),
    "series.import": N_("series imported"),
    "series.undo": N_("import undone"),
    "site.backup": N_("backup made"),
    "site.restore": N_("backup restored"),
    "survey.create": N_("survey made"),
    "survey.remove_file": N_("survey file removed"),
    "survey.upload": N_("survey file uploaded"),
    "token.make": N_("access token made"),
    "token.revoke": N_("access token withdrawn"),
}
"""What was done, by the audit trail's name for it; a name without words is shown as it is."""
