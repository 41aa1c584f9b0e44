"""Addresses under reference."""

from django.urls import path

from hashar.web.views import own_indicators, reference

urlpatterns = [
    path("", reference.indicators, name="reference"),
    path("indicators/new/", own_indicators.define, name="indicator_define"),
    path("indicators/<slug:code>/", reference.indicator, name="reference_indicator"),
    path("indicators/<slug:code>/withdraw/", own_indicators.withdraw, name="indicator_withdraw"),
    path("factors/", reference.factors, name="reference_factors"),
    path("factors/<slug:code>/", reference.factor, name="reference_factor"),
    path("substances/", reference.substances, name="reference_substances"),
    path("substances/slang/<int:slang>/remove/", reference.slang_remove, name="slang_remove"),
    path("strategies/", reference.strategies, name="reference_strategies"),
    path("sectors/", reference.sectors, name="reference_sectors"),
]
