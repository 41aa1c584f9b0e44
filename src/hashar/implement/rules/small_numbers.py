"""Small numbers of people: for those outside, fewer than five are not told.

A talk with three pupils who were found to use can point at them. Organisations concerned see their own numbers; all
others, and documents, see none below five, and no total from which one could be worked out.
"""

FEWEST = 5


def is_small(count: int | None) -> bool:
    """Whether a number of people could point at somebody; nobody at all points at nobody."""
    return count is not None and 0 < count < FEWEST
