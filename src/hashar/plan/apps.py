from django.apps import AppConfig


class PlanConfig(AppConfig):
    """Plan: official plans and logic models."""

    name = "hashar.plan"
    label = "plan"
