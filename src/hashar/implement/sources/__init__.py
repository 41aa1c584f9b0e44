"""Returned files as input: workbooks, answer files, offline forms. Nothing in them is run."""
