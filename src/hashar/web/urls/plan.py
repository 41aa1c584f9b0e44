"""Addresses of the step Plan."""

from django.urls import path

from hashar.web.views import deadlines, fitting, measures, plan_imports, plans, threads

PLAN = "<int:plan>/"
IMPORT = "imports/<int:plan_import>/"
MEASURE = f"{PLAN}measures/<int:measure>/"
POST = "posts/<int:post>/"

urlpatterns = [
    path("", plans.plans, name="plans"),
    path("new/", plan_imports.upload, name="plan_new"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("deadlines/calendar/", deadlines.calendar_file, name="deadlines_calendar"),
    path("fitting/", fitting.measures, name="fitting_measures"),
    path(IMPORT, plan_imports.detail, name="plan_import"),
    path(f"{IMPORT}store/", plan_imports.store, name="plan_store"),
    path(f"{IMPORT}discard/", plan_imports.discard, name="plan_discard"),
    path(f"{IMPORT}undo/", plan_imports.undo, name="plan_undo"),
    path(PLAN, plans.plan, name="plan"),
    path(MEASURE, measures.measure, name="measure"),
    path(f"{MEASURE}organisations/", fitting.organisations, name="measure_fitting"),
    path(f"{MEASURE}offer/", measures.offer, name="measure_offer"),
    path(f"{MEASURE}invite/", measures.invite, name="measure_invite"),
    path(f"{MEASURE}write/", threads.write, name="post_write"),
    path(f"{POST}edit/", threads.edit, name="post_edit"),
    path(f"{POST}remove/", threads.remove, name="post_remove"),
    path("commitments/<int:commitment>/<slug:commitment_step>/", measures.step, name="commitment_step"),
    path(f"{PLAN}upload/", plan_imports.upload, name="plan_upload"),
    path(f"{PLAN}files/<slug:edition>/<slug:kind>/", plans.document, name="plan_document"),
]
