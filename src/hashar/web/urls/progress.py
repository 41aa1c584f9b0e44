"""Addresses of a plan's progress."""

from django.urls import path

from hashar.web.views import progress, progress_forms

COLLECTION = "progress/<int:collection>/"
FORM = "progress/forms/<int:form>/"

urlpatterns = [
    path("<int:plan>/progress/", progress.collections, name="progress"),
    path("<int:plan>/progress/new/", progress.begin, name="progress_new"),
    path(COLLECTION, progress.collection, name="progress_collection"),
    path(f"{COLLECTION}measures/<int:measure>/", progress.measure, name="progress_measure"),
    path(f"{COLLECTION}state/", progress.state, name="progress_state"),
    path(f"{COLLECTION}anew/", progress.anew, name="progress_anew"),
    path(f"{COLLECTION}sent/", progress.sent, name="progress_sent"),
    path(f"{COLLECTION}upload/", progress_forms.upload, name="progress_upload"),
    path(f"{COLLECTION}forms/<slug:edition>/<slug:kind>/", progress_forms.archive, name="progress_archive"),
    path(f"{COLLECTION}report/<slug:edition>/<slug:kind>/", progress.report, name="progress_report"),
    path("progress/troubles/<int:trouble>/", progress.trouble, name="progress_trouble"),
    path("progress/returned/<int:returned>/undo/", progress_forms.undo, name="progress_undo"),
    path(FORM, progress_forms.form, name="progress_form"),
    path(f"{FORM}measures/<int:measure>/", progress_forms.answer, name="progress_answer"),
    path(f"{FORM}files/<slug:edition>/<slug:kind>/", progress_forms.file, name="progress_file"),
]
