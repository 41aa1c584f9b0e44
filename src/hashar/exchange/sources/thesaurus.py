"""The thesaurus that comes with the program."""

from functools import cache

from hashar.exchange.rules.concepts import Thesaurus
from hashar.exchange.sources import rows
from hashar.i18n import LANGUAGES


@cache
def thesaurus() -> Thesaurus:
    """Concepts of the field in seven languages."""
    return Thesaurus(
        {
            row["concept"]: [form for language in LANGUAGES for form in row[language].split(";") if form]
            for row in rows("concepts.csv")
        }
    )
