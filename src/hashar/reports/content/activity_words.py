"""Ages, contacts and ranges of people in words."""

from hashar.i18n import Translator
from hashar.implement.contracts.activities import EVERYBODY, Ages
from hashar.implement.contracts.reach import Range, Reach, ReachReport


def ages_word(t: Translator, ages: Ages) -> str:
    """An age group in words."""
    if ages == EVERYBODY:
        return t.gettext("all ages")
    if ages.last is None:
        return t.gettext("{first} and older", first=ages.first)
    return t.gettext("{first}–{last} years", first=ages.first, last=ages.last)


def people_word(t: Translator, people: Range) -> str:
    """How many different people, or between which numbers."""
    if people.low == people.high:
        return t.ngettext("{count} different person", "{count} different people", people.high)
    return t.gettext(
        "between {low} and {high} different people", low=t.integer(people.low), high=t.integer(people.high)
    )


def share_word(t: Translator, found: Reach) -> str:
    """The same as a share of those there are; empty where nobody knows how many."""
    if found.low_share is None or found.high_share is None:
        return ""
    digits = 0 if found.low_share >= 0.1 or found.high_share == 0 else 1
    low, high = t.percent(found.low_share, digits), t.percent(found.high_share, digits)
    return low if low == high else f"{low} – {high}"


def there_word(t: Translator, report: ReachReport) -> str:
    """Of how many the share is, and who says so."""
    there = report.denominator
    if there is None:
        return t.gettext(
            "How many people aged {ages} live there is not known, so there is no share.",
            ages=ages_word(t, report.ages),
        )
    return t.gettext(
        "{count} people aged {ages} live in {place} ({year}; {source}).",
        count=t.integer(there.count),
        ages=ages_word(t, report.ages),
        place=t.pick(report.territory_names),
        year=there.year,
        source=there.source,
    )


def cautions(t: Translator, found: Reach) -> list[str]:
    """What a reader has to know of these numbers; those with nothing to say are left out."""
    said = (
        (
            found.uncounted,
            t.ngettext("At {count} activity nobody counted.", "At {count} activities nobody counted.", found.uncounted),
        ),
        (
            found.mixed,
            t.ngettext(
                "{count} activity was for other ages too: perhaps nobody of these ages was there.",
                "{count} activities were for other ages too: perhaps nobody of these ages was there.",
                found.mixed,
            ),
        ),
        (
            found.hidden,
            t.ngettext(
                "{count} activity with fewer than 5 people is not in the contacts.",
                "{count} activities with fewer than 5 people are not in the contacts.",
                found.hidden,
            ),
        ),
        (
            int(found.too_many),
            t.gettext("More people were reported than live there: a number is wrong, or they came from elsewhere."),
        ),
    )
    return [sentence for count, sentence in said if count]
