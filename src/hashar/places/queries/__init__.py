"""Reads about places: territories, search, boundaries, populations, imports."""

from hashar.places.queries.counts import population_counts
from hashar.places.queries.outlines import outlines
from hashar.places.queries.populations import latest_population, population, populations
from hashar.places.queries.search import search
from hashar.places.queries.territories import (
    ancestors,
    children,
    recognise,
    recognised,
    territories,
    territory,
    territory_by_id,
    tree,
)

__all__ = [
    "ancestors",
    "children",
    "latest_population",
    "outlines",
    "population",
    "population_counts",
    "populations",
    "recognise",
    "recognised",
    "search",
    "territories",
    "territory",
    "territory_by_id",
    "tree",
]
