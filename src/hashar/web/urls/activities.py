"""Addresses of activities, in the step Implement."""

from django.urls import path

from hashar.web.views import activities

ONE = "activities/<int:activity>/"

urlpatterns = [
    path("", activities.activities, name="implement"),
    path("activities/new/", activities.enter, name="implement_new"),
    path(ONE, activities.activity, name="activity"),
    path(f"{ONE}change/", activities.change, name="activity_change"),
    path(f"{ONE}photo/", activities.photo, name="activity_photo"),
    path(f"{ONE}cancel/", activities.cancel, name="activity_cancel"),
]
