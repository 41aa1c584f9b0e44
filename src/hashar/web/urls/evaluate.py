"""Addresses of the step Evaluate."""

from django.urls import path

from hashar.web.views import claims

urlpatterns = [
    path("", claims.claim, name="evaluate"),
    path("claims/<slug:kind>/", claims.claim, name="claim"),
    path("releases/<int:release>/", claims.release_claims, name="release_claims"),
    path("releases/<int:release>/<str:name>/", claims.trend_claims, name="trend_claims"),
]
