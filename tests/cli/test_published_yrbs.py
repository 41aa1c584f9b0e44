"""``hashar estimate`` on the shipped survey prints what CDC printed, points and limits."""

import pytest

from hashar.flows.demonstration import FOLDER
from tests.cli.command import run
from tests.golden.test_yrbs import COLUMNS, LEVELS, YES_NO, rows

DESIGN = ["--weight", "weight", "--stratum", "stratum", "--cluster", "psu"]
PRINTED = [row for row in rows("published.csv") if row["indicator"] in YES_NO]


def where(level):
    if level == "total":
        return []
    group, codes = LEVELS[level]
    return ["--where", f"{COLUMNS[group]} in ({', '.join(map(str, codes))})"]


@pytest.mark.parametrize("level", sorted({row["level"] for row in PRINTED}))
def test_the_printed_figures_come_out_at_the_printed_decimal(level):
    """All indicators of one year and domain in one call: each is estimated over its own answers."""
    compared = 0
    for year in sorted({row["year"] for row in PRINTED if row["level"] == level}):
        printed = [row for row in PRINTED if row["level"] == level and row["year"] == year]
        names = {row["indicator"]: YES_NO[row["indicator"]][int(year)] for row in printed}
        variables = [part for name in dict.fromkeys(names.values()) for part in ("--variable", name)]
        file = FOLDER / f"yrbs_national_{year}.parquet"
        outcome = run("estimate", file, "--statistic", "proportion", *variables, *DESIGN, *where(level))
        assert outcome.code == 0, outcome.err
        found = {row["variable"]: row for row in outcome.rows if row["level"] == "1"}
        for row in printed:
            ours = found[names[row["indicator"]]]
            for column, key in (("pct", "estimate"), ("ci_low", "ci_low"), ("ci_high", "ci_high")):
                if row[column]:
                    assert f"{100 * float(ours[key]):.1f}" == row[column], (row, key)
                    compared += 1
    assert compared > 0


def test_by_gives_the_same_as_where():
    """Crossed domains and a condition are two ways to the same rows of the same design."""
    file = FOLDER / "yrbs_national_2019.parquet"
    question = ["estimate", file, "--statistic", "proportion", "--variable", "qn32", *DESIGN]
    crossed = run(*question, "--by", "q2", "--by", "q3").rows
    single = run(*question, "--where", "q2 = 1 and q3 = 4").rows
    twin = [row for row in crossed if (row["q2"], row["q3"]) == ("1", "4")]
    assert [{k: v for k, v in row.items() if k not in ("q2", "q3")} for row in twin] == single
