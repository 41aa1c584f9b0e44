from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Exchange: practices, ratings, search."""

    name = "hashar.exchange"
    label = "exchange"
