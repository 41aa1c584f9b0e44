"""Addresses of the pages, in the words of the menu."""

from django.urls import include, path

urlpatterns = [
    path("", include("hashar.web.urls.home")),
    path("account/", include("hashar.web.urls.account")),
    path("people/", include("hashar.web.urls.people")),
    path("places/", include("hashar.web.urls.places")),
    path("reference/", include("hashar.web.urls.reference")),
    path("assess/", include("hashar.web.urls.assess")),
    path("exchange/", include("hashar.web.urls.exchange")),
    path("plan/", include("hashar.web.urls.logic_models")),
    path("plan/", include("hashar.web.urls.plan")),
    path("plan/", include("hashar.web.urls.progress")),
    path("implement/", include("hashar.web.urls.activities")),
    path("implement/waiting/", include("hashar.web.urls.waiting")),
    path("evaluate/", include("hashar.web.urls.evaluate")),
    path("assess/series/", include("hashar.web.urls.series")),
]
