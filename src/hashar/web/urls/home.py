"""Addresses of the front page and of what belongs to every page."""

from django.urls import path

from hashar.web.views import home, look, style

urlpatterns = [
    path("", home.home, name="home"),
    path("look/", look.look, name="look"),
    path("style/", style.style, name="style"),
    path("style/chart.svg", style.picture, name="style-picture"),
    path("style/chart.json", style.specification, name="style-specification"),
]
