"""The page for people that lists the operations, in every language."""

from django.urls import path

from hashar.api.page import operations

urlpatterns = [path("", operations, name="api")]
