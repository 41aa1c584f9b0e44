from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Places: territories, names, boundaries, populations."""

    name = "hashar.places"
    label = "places"
