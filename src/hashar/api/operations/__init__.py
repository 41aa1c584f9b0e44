"""The operations, one module for each part of the menu: parse, one call into the domain, answer."""
