"""The pages: parse, one call into the domain, answer."""
