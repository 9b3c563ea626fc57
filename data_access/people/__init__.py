"""People of the stakeholders' side: accounts, invitations, sessions. In the database of the registry."""
