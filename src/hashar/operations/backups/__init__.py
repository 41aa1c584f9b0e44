"""The whole site in one file: every row and every file of the data folder, for either database.

A backup is a zip file. ``manifest.json`` says what was backed up, how far its database was (migrations), and size and
SHA-256 of every other part; ``rows/<table>.jsonl`` holds one row on each line; ``files/…`` the data folder as it was.
"""
