"""Places: the tree of countries and regions, search as one types, the page of a place, its pictures."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from hashar.assess.queries import releases
from hashar.i18n import LANGUAGE_NAMES
from hashar.places import permissions, queries
from hashar.places.contracts import Place, Population
from hashar.reports.content.document import Chart
from hashar.web import place_pictures
from hashar.web.pictures import kept
from hashar.web.request import Request
from hashar.web.views.look import look_of

MOST_FOUND = 20
LATEST_RELEASES = 10
LONGEST_QUERY = 100
A_WEEK = 604_800


@require_GET
def places(request: Request) -> HttpResponse:
    """Countries with their regions; what fits the search, while one types it too."""
    wanted = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    found = queries.search(wanted, request.translator.language, MOST_FOUND) if wanted else ()
    context: dict[str, object] = {"wanted": wanted, "found": found, "ways": _ways(found)}
    if request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target") == "results":
        return _varied(
            render(request, "places/results.html", {**context, "tree": queries.tree() if not wanted else ()})
        )
    tree = queries.tree()
    countries = [node.place for node in tree]
    regions = [part.place for node in tree for part in node.parts]
    t, look = request.translator, look_of(request)
    around = place_pictures.map_of_all(countries, regions, t)
    context |= {
        "tree": tree,
        "map": around,
        "map_picture": place_pictures.with_addresses(around.chart, t, look, "places_map"),
        "may_import": bool(permissions.import_organisations(request.actor)),
    }
    return _varied(render(request, "places/places.html", context))


def _ways(found: tuple[Place, ...]) -> dict[str, Place]:
    """The places that hold what was found, by code, in one query."""
    codes = {code for place in found for code in place.path.split("/")[:-2]}
    return dict(queries.territories(codes)) if codes else {}


@require_GET
def place(request: Request, code: str) -> HttpResponse:
    """Everything about one place, and the findings of it that the person may see."""
    found = queries.territory(code)
    if found.code != code:
        return redirect("place", found.code)
    t, look = request.translator, look_of(request)
    parts = queries.children(code)
    known = queries.populations(code)
    shared = releases.releases(request.actor, size=LATEST_RELEASES, territory=found.path)
    around = place_pictures.map_around(found, parts, t)
    chart = place_pictures.population_picture(found, known, t)
    included = queries.territories({inside for one in known for inside in one.includes})
    context = {
        "place": found,
        "above": queries.ancestors(found),
        "inside": parts,
        "map": around,
        "map_picture": place_pictures.with_addresses(around.chart, t, look, "place_map", code),
        "parts_on_map": not any(one.here for one in around.places),
        "population": population_rows(known),
        "newest": queries.latest_population(code),
        "chart": place_pictures.with_addresses(chart, t, look, "place_population", code),
        "names_of": lambda codes: ", ".join(t.pick(included[code].names) for code in codes if code in included),
        "releases": shared,
        "languages_of_names": LANGUAGE_NAMES,
        "may_import": bool(permissions.import_organisations(request.actor)),
    }
    return render(request, "places/place.html", context)


def population_rows(known: tuple[Population, ...]) -> dict[str, object]:
    """All ages by year with a column for each source, and the newest year by sex and ages."""
    totals = [one for one in known if one.sex == "all" and one.all_ages]
    sources = {one.source.key: one.source for one in totals}
    years: dict[int, dict[str, Population]] = {}
    for one in totals:
        years.setdefault(one.year, {})[one.source.key] = one
    parts = [one for one in known if one.sex != "all" or not one.all_ages]
    newest = max((one.year for one in parts), default=0)
    return {
        "sources": sources,
        "years": dict(sorted(years.items(), reverse=True)),
        "parts": [one for one in parts if one.year == newest],
    }


@require_GET
def countries_map(request: Request, look: str) -> HttpResponse:
    """The map of the countries."""
    tree = queries.tree()
    regions = [part.place for node in tree for part in node.parts]
    made = place_pictures.map_of_all([node.place for node in tree], regions, request.translator)
    return _picture(request, made.chart, look)


@require_GET
def place_map(request: Request, code: str, look: str) -> HttpResponse:
    """The map of a place."""
    found = queries.territory(code)
    made = place_pictures.map_around(found, queries.children(found.code), request.translator)
    return _picture(request, made.chart, look)


@require_GET
def place_population(request: Request, code: str, look: str) -> HttpResponse:
    """The population of a place over the years."""
    found = queries.territory(code)
    chart = place_pictures.population_picture(found, queries.populations(found.code), request.translator)
    return _picture(request, chart, look)


def _picture(request: Request, chart: Chart | None, look: str) -> HttpResponse:
    """The picture; an address that names its content is kept by the browser, any other is asked for again."""
    file = place_pictures.drawn(chart, request.translator, look)
    response = kept(request, file.stem, lambda: (file.read_bytes(), file.stem))
    if file.stem == f"{request.GET.get('v')}-{look}":
        response["Cache-Control"] = f"private, max-age={A_WEEK}, immutable"
    return response


def _varied(response: HttpResponse) -> HttpResponse:
    """The same address answers a page and a part of it."""
    response["Vary"] = "HX-Request, HX-Target"
    return response
