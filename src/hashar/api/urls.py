"""Addresses of the API: no language in them, nothing but GET."""

from django.urls import URLPattern, path, re_path

from hashar.api.gate import behind_the_gate
from hashar.api.problems import unknown
from hashar.api.site import api, openapi

app_name = "api"
patterns, _, _ = api.urls
operations = [each for each in patterns if isinstance(each, URLPattern) and each.name != "api-root"]
urlpatterns = behind_the_gate(
    [
        path("openapi.json", openapi, name="openapi"),
        *operations,
        re_path(r"", unknown, name="unknown"),
    ]
)
