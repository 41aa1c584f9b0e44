"""Addresses of registers and monitoring series."""

from django.urls import path

from hashar.web.views import series, series_imports

SERIES = "<int:series>/"
IMPORT = "imports/<int:import_id>/"

urlpatterns = [
    path("", series.all_series, name="all_series"),
    path("new/", series.new, name="series_new"),
    path("numbers/<int:number>/", series.why, name="series_why"),
    path("sources/<slug:sha256>/", series.source, name="series_source"),
    path(IMPORT, series_imports.detail, name="series_import"),
    path(f"{IMPORT}columns/", series_imports.columns, name="series_columns"),
    path(f"{IMPORT}sheet/", series_imports.sheet, name="series_sheet"),
    path(f"{IMPORT}header/", series_imports.header, name="series_header"),
    path(f"{IMPORT}preview/", series_imports.preview, name="series_preview"),
    path(f"{IMPORT}names/", series_imports.names, name="series_names"),
    path(f"{IMPORT}store/", series_imports.store, name="series_store"),
    path(f"{IMPORT}rejected/", series_imports.rejected, name="series_rejected"),
    path(f"{IMPORT}discard/", series_imports.discard, name="series_discard"),
    path(f"{IMPORT}undo/", series_imports.undo, name="series_undo"),
    path(SERIES, series.series, name="series"),
    path(f"{SERIES}edit/", series.edit, name="series_edit"),
    path(f"{SERIES}upload/", series_imports.upload, name="series_upload"),
    path(f"{SERIES}share/", series.share, name="series_share"),
    path(f"{SERIES}unshare/", series.unshare, name="series_unshare"),
    path(f"{SERIES}numbers/", series.numbers, name="series_numbers"),
    path(f"{SERIES}pictures/<slug:name>/<slug:key>/<slug:look>.svg", series.picture, name="series_picture"),
]
