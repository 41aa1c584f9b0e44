"""Organisations, their members and roles, invitations, access tokens, and the audit trail."""
