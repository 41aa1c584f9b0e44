from django.apps import AppConfig


class AssessConfig(AppConfig):
    """Assess: surveys and registers become findings."""

    name = "hashar.assess"
    label = "assess"

    def ready(self) -> None:
        """Say what the worker can do for this step."""
        from hashar.assess import tasks  # noqa: PLC0415  (models are there only once all apps are loaded)
        from hashar.assess.services.releases import PROFILE  # noqa: PLC0415  (as above)
        from hashar.assess.services.series_runs import STORE  # noqa: PLC0415  (as above)
        from hashar.assess.services.surveys import INSPECT  # noqa: PLC0415  (as above)
        from hashar.runs.services import register  # noqa: PLC0415  (as above)

        register(PROFILE, tasks.profile)
        register(INSPECT, tasks.inspect)
        register(STORE, tasks.store_register)
