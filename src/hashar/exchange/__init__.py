"""Exchange: practices with what is known of them, search, and matching to a community's priorities."""
