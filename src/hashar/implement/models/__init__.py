"""The tables of the step."""

from hashar.implement.models.progress import BodyForm, Collection, ReturnedFile, StoredAnswer, StoredTrouble

__all__ = ["BodyForm", "Collection", "ReturnedFile", "StoredAnswer", "StoredTrouble"]
