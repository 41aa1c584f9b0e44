"""The read API: thin; every answer comes from a query."""
