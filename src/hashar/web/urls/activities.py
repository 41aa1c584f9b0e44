"""Addresses of activities, in the step Implement."""

from django.urls import path

from hashar.web.views import activities, reach

ONE = "activities/<int:activity>/"

urlpatterns = [
    path("", activities.activities, name="implement"),
    path("activities/new/", activities.enter, name="implement_new"),
    path("activities/doubles/", reach.doubles, name="activity_doubles"),
    path("reach/", reach.reach, name="reach"),
    path("reach/files/<slug:kind>/", reach.donor_form, name="donor_form"),
    path(ONE, activities.activity, name="activity"),
    path(f"{ONE}change/", activities.change, name="activity_change"),
    path(f"{ONE}photo/", activities.photo, name="activity_photo"),
    path(f"{ONE}same/<int:other>/", reach.decide, name="activity_decide"),
    path(f"{ONE}part/", reach.part, name="activity_part"),
    path(f"{ONE}cancel/", activities.cancel, name="activity_cancel"),
]
