"""Addresses of the step Exchange."""

from django.urls import path

from hashar.web.views import exchange, own_practices

urlpatterns = [
    path("", exchange.practices, name="exchange"),
    path("new/", own_practices.enter, name="practice_new"),
    path("match/", exchange.choose, name="match_choose"),
    path("match/<int:release>/", exchange.matching, name="match"),
    path("links/<int:link>/take-back/", own_practices.take_back, name="practice_take_back"),
    path("<slug:code>/", exchange.practice, name="practice"),
    path("<slug:code>/change/", own_practices.change, name="practice_change"),
    path("<slug:code>/share/", own_practices.share, name="practice_share"),
    path("<slug:code>/withdraw/", own_practices.withdraw, name="practice_withdraw"),
    path("<slug:code>/confirm/<int:link>/", own_practices.confirm, name="practice_confirm"),
]
