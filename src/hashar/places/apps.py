from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Places: territories, names, boundaries, populations."""

    name = "hashar.places"
    label = "places"

    def ready(self) -> None:
        """Say what the worker can do for places."""
        from hashar.places import tasks  # noqa: PLC0415  (models are there only once all apps are loaded)
        from hashar.places.services.import_runs import STORE, UNDO  # noqa: PLC0415  (as above)
        from hashar.runs.services import register  # noqa: PLC0415  (as above)

        register(STORE, tasks.carry_out)
        register(UNDO, tasks.carry_out)
