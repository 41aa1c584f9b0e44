"""The official plan of the demonstration, from its table to its two Word files.

python -m tests.flows.sample_plan    writes them again
"""

import csv
from decimal import Decimal
from pathlib import Path

import hashar.flows
from hashar.plan.contracts.official import Body, Cost, CostKind, Edition, Measure, Section
from hashar.reports.official import plan_document

FOLDER = Path(hashar.flows.__file__).parent / "data" / "plan"
YEARS = ("2026", "2027", "2028")
TITLES = {
    "ru": "Комплексный план города по профилактике употребления психоактивных веществ на 2026–2028 годы (пример)",
    "kk": "Психобелсенді заттарды қолданудың алдын алу жөніндегі қаланың 2026–2028 жылдарға арналған "
    "кешенді жоспары (үлгі)",
}
HEADS = {
    "ru": ("Пример для демонстрации.", "Никем не утверждён."),
    "kk": ("Көрсетілімге арналған үлгі.", "Ешкім бекітпеген."),
}
UNITS = {"ru": "тыс. тенге", "kk": "мың теңге"}


def rows(language):
    """The lines of the table in one language."""
    with (FOLDER / "measures.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["language"] == language]


def edition(language):
    """The plan as it is meant."""
    found = rows(language)
    titles = list(dict.fromkeys(row["section"] for row in found))
    return Edition(
        language=language,
        title=TITLES[language],
        sections=tuple(Section(title) for title in titles),
        measures=tuple(_measure(row, titles) for row in found),
        cost_columns=YEARS,
        cost_unit=UNITS[language],
        head=HEADS[language],
        years=(2026, 2028),
    )


def _measure(row, titles):
    return Measure(
        number=row["number"],
        text=row["measure"],
        form=row["form"],
        deadline=row["deadline"],
        bodies=tuple(Body(name, name) for name in row["bodies"].split(", ")),
        costs=tuple(_cost(row[f"cost_{year}"], int(year)) for year in YEARS),
        funds=row["funds"],
        section=titles.index(row["section"]),
    )


def _cost(text, year):
    if text.isdigit():
        return Cost(text, CostKind.AMOUNT, ((year, Decimal(text)),))
    return Cost(text, CostKind.UNKNOWN)


def main():
    """Write the two files."""
    for language in TITLES:
        (FOLDER / f"plan-{language}.docx").write_bytes(plan_document(edition(language), "docx"))


if __name__ == "__main__":
    main()
