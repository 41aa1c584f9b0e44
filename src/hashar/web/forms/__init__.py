"""Forms: what a page asks for, checked for shape; the domain checks the meaning."""
