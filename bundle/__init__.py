"""``make bundle``: everything that a PC without internet needs, in one zip."""
