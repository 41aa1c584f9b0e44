"""Settings, addresses, and the entry point of the web server."""
