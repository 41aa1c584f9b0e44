"""All addresses: pages under their language, the API beside them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from hashar.web import outage
from hashar.web.views import machines, refusals, waiting

urlpatterns = [
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),  # one address for all languages
    path("healthz", machines.health, name="health"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("worker.js", waiting.worker, name="worker"),  # here, so that it may answer for pages of every language
    path("api/v1/", include("hashar.api.urls")),
    *i18n_patterns(path("api/", include("hashar.api.page_urls")), path("", include("hashar.web.urls"))),
]
handler400 = refusals.bad_request
handler403 = refusals.forbidden
handler404 = refusals.not_found
handler500 = outage.failure
