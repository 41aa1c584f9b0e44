"""Addresses of the step Plan."""

from django.urls import path

from hashar.web.views import plan_imports, plans

PLAN = "<int:plan>/"
IMPORT = "imports/<int:plan_import>/"

urlpatterns = [
    path("", plans.plans, name="plans"),
    path("new/", plan_imports.upload, name="plan_new"),
    path(IMPORT, plan_imports.detail, name="plan_import"),
    path(f"{IMPORT}store/", plan_imports.store, name="plan_store"),
    path(f"{IMPORT}discard/", plan_imports.discard, name="plan_discard"),
    path(f"{IMPORT}undo/", plan_imports.undo, name="plan_undo"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}upload/", plan_imports.upload, name="plan_upload"),
    path(f"{PLAN}files/<slug:edition>/<slug:kind>/", plans.document, name="plan_document"),
]
