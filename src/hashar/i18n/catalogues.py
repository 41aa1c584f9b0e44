"""Keep the catalogues in step with the source: merge the template into every language, compile.

Run as ``python -m hashar.i18n.catalogues`` (``make messages`` gathers the template first).
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from hashar.i18n.translator import LANGUAGES

FOLDER = Path(__file__).parent / "catalogues"
TEMPLATE = Path(__file__).parent / "hashar.pot"


def update(language: str) -> Catalog:
    """Merge the template into ``language``'s catalogue, write its ``.po`` and ``.mo``, return it."""
    with TEMPLATE.open("rb") as file:
        template = read_po(file)
    path = FOLDER / f"{language}.po"
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale="uz_Latn" if language == "uz" else language)
        catalogue.update(template, no_fuzzy_matching=True)
    else:
        catalogue = template
        catalogue.locale = language
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalogue, sort_output=True, omit_header=False, width=120)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    return catalogue


def main() -> None:
    """Update every catalogue but English, whose texts are in the source."""
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES[1:]:
        update(language)


if __name__ == "__main__":
    main()
