"""Addresses under places."""

from django.urls import path

from hashar.web.views import place_imports, places

urlpatterns = [
    path("", places.places, name="places"),
    path("map/<slug:look>.svg", places.countries_map, name="places_map"),
    path("import/", place_imports.imports, name="place_imports"),
    path("import/new/", place_imports.upload, name="place_import_new"),
    path("import/<int:number>/", place_imports.preview, name="place_import"),
    path("import/<int:number>/confirm/", place_imports.confirm, name="place_import_confirm"),
    path("import/<int:number>/undo/", place_imports.undo, name="place_import_undo"),
    path("<slug:code>/", places.place, name="place"),
    path("<slug:code>/map/<slug:look>.svg", places.place_map, name="place_map"),
    path("<slug:code>/population/<slug:look>.svg", places.place_population, name="place_population"),
]
