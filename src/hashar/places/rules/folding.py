"""What of a folded name (``hashar.i18n.spelling``) tells places apart, and the pieces by which it is found."""

KIND_WORDS = frozenset(
    (
        *("region", "oblast", "oblisi", "oblusu", "viloiat", "viloiati", "velaiat", "velaiati"),
        *("city", "gorod", "g", "kala", "kalasi", "k", "wahr", "wahri", "wari", "waher", "waheri"),
        *("district", "raion", "raioni", "audan", "audani", "tuman", "tumani", "nohia", "nohiai", "etrap", "etrabi"),
    )
)
"""Folded words that say what kind of place it is: they do not tell one place from another."""


def telling_words(folded: str) -> list[str]:
    """The words that tell places apart; all words when there is no other."""
    words = folded.split()
    return [word for word in words if word not in KIND_WORDS] or words


def grams(folded: str) -> set[str]:
    """Runs of three letters of each telling word, and its first one and two letters after a space."""
    found = set()
    for word in telling_words(folded):
        found |= {f" {word[:1]}", f" {word[:2]}"} | {word[start : start + 3] for start in range(len(word) - 2)}
    return {gram for gram in found if len(gram) > 1}


def typed_grams(folded: str) -> set[str]:
    """The grams to look for while a text is typed; a word of one or two letters is the beginning of a word."""
    found = set()
    for word in telling_words(folded):
        found |= {word[start : start + 3] for start in range(len(word) - 2)} or {f" {word}"}
        found |= {f" {word[:2]}"} if len(word) > 3 else set()
    return found
