"""All addresses of the site with sample arguments out of the world."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
REGULAR = re.compile(r"\(\?P<(\w+)>[^)]*\)")
SAME_FOR_ALL = {
    "look": "light",
    "section": "indicators",
    "item": "alcohol",
    "subject": "alcohol",
    "part": "indicators",
    "at": "0",
    "pk": "1",
    "provider_id": "nobody",
    "code": "KZ-75",
    "kind": "json",
    "edition": "en",
    "name": "alcohol",
    "key": "trend",
    "number": "1",
}
"""Arguments that are the same in every world."""
SPECIAL = {
    "api:indicator": {"code": "own_indicator"},
    "api:one_practice": {"practice": "own_practice"},
    "practice": {"code": "own_practice"},
    "practice_change": {"code": "own_practice"},
    "practice_share": {"code": "own_practice"},
    "practice_withdraw": {"code": "own_practice"},
    "practice_confirm": {"code": "own_practice", "link": "own_link"},
    "practice_take_back": {"link": "own_link"},
    "join_with": {"code": "code"},
    "place_import": {"number": "place_import"},
    "place_import_confirm": {"number": "place_import"},
    "place_import_undo": {"number": "place_import"},
    "reference_indicator": {"code": "own_indicator"},
    "indicator_withdraw": {"code": "own_indicator"},
    "series_why": {"number": "observation"},
    "series_source": {"sha256": "series_sha256"},
    "series_import": {"import_id": "stored_import"},
    "series_undo": {"import_id": "stored_import"},
    "plan_undo": {"plan_import": "stored_plan_import"},
    "chart": {"part": "chart_part", "subject": "chart_subject", "at": "chart_at", "key": "chart_key"},
    "chart_specification": {"part": "chart_part", "subject": "chart_subject", "at": "chart_at", "key": "chart_key"},
}
"""Address → argument → what the world calls it, where the name alone does not say."""
FIXED = {
    "release_part": {"part": "quality"},
    "release_factor": {"name": "F-R1"},
    "reference_factor": {"code": "C-R1"},
    "claim": {"kind": "trend"},
    "plan_document": {"edition": "ru", "kind": "docx"},
    "logic_model_document": {"kind": "docx"},
    "logic_model_add": {"element": "problem"},
    "logic_model_baseline": {"at": "1"},
    "report_document": {"kind": "docx"},
    "progress_archive": {"edition": "ru", "kind": "xlsx"},
    "progress_report": {"edition": "ru", "kind": "docx"},
    "progress_file": {"edition": "ru", "kind": "html"},
    "chart": {"look": "wide-light"},
    "series_picture": {"name": "trend", "key": "0", "look": "wide-light"},
    "donor_form": {"kind": "csv"},
    "places_map": {"look": "wide-light"},
    "place_map": {"look": "wide-light"},
    "place_population": {"look": "wide-light"},
}
RENAMED = {"release": "shared", "import_id": "waiting_import", "organisation_id": "organisation"}
"""Argument of an address → what the world calls it."""


@dataclass(frozen=True)
class Address:
    """One address: its name (with the namespace), and its pattern from the root on."""

    name: str
    pattern: str

    def filled(self, world, **instead):
        """The address with arguments out of the world; ``instead`` takes the place of some."""

        def value(found):
            wanted = found[1]
            if wanted in instead:
                return str(instead[wanted])
            special = SPECIAL.get(self.name, {})
            if wanted in special:
                return str(world[special[wanted]])
            fixed = {**SAME_FOR_ALL, **FIXED.get(self.name, {})}
            return str(fixed[wanted] if wanted in fixed else world[RENAMED.get(wanted, wanted)])

        return "/" + ARGUMENT.sub(value, REGULAR.sub(value, self.pattern)).replace("^", "")


def all_addresses() -> list[Address]:
    """Every address that the site answers."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[Address]:
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Address(f"{space}{each.name}", pattern)
        else:
            yield from _walk(each, pattern, f"{space}{each.namespace}:" if each.namespace else space)
