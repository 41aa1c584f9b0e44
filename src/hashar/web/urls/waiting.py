"""Addresses of what waits on this device."""

from django.urls import path

from hashar.web.views import waiting

urlpatterns = [
    path("", waiting.waiting, name="waiting"),
    path("state.json", waiting.state, name="waiting_state"),
]
