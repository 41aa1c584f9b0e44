"""Frozen records that enter and leave the assess step. They import nothing but the standard library and numpy."""
