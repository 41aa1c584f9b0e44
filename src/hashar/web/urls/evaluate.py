"""Addresses of the step Evaluate."""

from django.urls import path

from hashar.web.views import claims, kept_claims

RELEASE = "releases/<int:release>/"
REPORT = "reports/<int:report>/"
KEPT = "kept/<int:kept_claim>/"

urlpatterns = [
    path("", kept_claims.evaluate, name="evaluate"),
    path("new/", claims.choose, name="claim_new"),
    path("claims/<slug:kind>/", claims.claim, name="claim"),
    path(RELEASE, claims.release_claims, name="release_claims"),
    path(f"{RELEASE}levels/<str:name>/", claims.level_claims, name="level_claims"),
    path(f"{RELEASE}<str:name>/", claims.trend_claims, name="trend_claims"),
    path("series/<int:series>/", claims.series_claims, name="series_claims"),
    path("reports/new/", kept_claims.report_new, name="report_new"),
    path(REPORT, kept_claims.report, name="report"),
    path(f"{REPORT}judge/", kept_claims.report_judge, name="report_judge"),
    path(f"{REPORT}files/<slug:edition>/<slug:kind>/", kept_claims.document, name="report_document"),
    path(KEPT, kept_claims.claim, name="kept_claim"),
    path(f"{KEPT}override/", kept_claims.override, name="claim_override"),
    path(f"{KEPT}withdraw/", kept_claims.withdraw, name="claim_withdraw"),
    path(f"{KEPT}judge/", kept_claims.judge, name="claim_judge"),
    path(f"{KEPT}words/", kept_claims.words, name="claim_words"),
    path(f"{KEPT}move/", kept_claims.move, name="claim_move"),
]
