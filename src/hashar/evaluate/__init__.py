"""The step: did it work? Claims are guarded before they are printed."""
