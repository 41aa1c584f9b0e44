"""Addresses under assess: surveys with their codebooks, releases with their parts, runs."""

from django.urls import path, register_converter

from hashar.web.views import charts, codebook_parts, codebooks, documents, findings, releases, runs, surveys


class _Name:
    """A name from a codebook: anything but a line end."""

    regex = r".+?"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it is in the codebook."""
        return value


register_converter(_Name, "name")

SURVEY = "surveys/<int:survey>/"
CODEBOOK = f"{SURVEY}codebook/"
RELEASE = "releases/<int:release>/"
CHART = f"{RELEASE}charts/<slug:part>/<name:subject>/<int:at>/"


urlpatterns = [
    path("", releases.assess, name="assess"),
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/new/", surveys.new, name="survey_new"),
    path(SURVEY, surveys.survey, name="survey"),
    path(f"{SURVEY}upload/", surveys.upload, name="survey_upload"),
    path(f"{SURVEY}files/<int:file>/remove/", surveys.remove, name="survey_file_remove"),
    path(f"{SURVEY}microdata/", surveys.microdata, name="survey_microdata"),
    path(f"{SURVEY}profile/", surveys.profile, name="survey_profile"),
    path(CODEBOOK, codebooks.codebook, name="codebook"),
    path(f"{CODEBOOK}draft/", codebooks.draft, name="codebook_draft"),
    path(f"{CODEBOOK}text/", codebooks.text, name="codebook_text"),
    path(f"{CODEBOOK}file/", codebooks.download, name="codebook_file"),
    path(f"{CODEBOOK}versions/<int:number>/", codebooks.version, name="codebook_version"),
    path(f"{CODEBOOK}add/<slug:section>/", codebook_parts.add, name="codebook_add"),
    path(f"{CODEBOOK}remove/<slug:section>/<name:item>/", codebook_parts.remove, name="codebook_remove"),
    path(f"{CODEBOOK}<slug:section>/", codebook_parts.section, name="codebook_section"),
    path(f"{CODEBOOK}<slug:section>/<name:item>/", codebook_parts.item, name="codebook_item"),
    path("runs/<int:run>/", runs.run, name="run"),
    path("releases/", releases.releases, name="releases"),
    path(RELEASE, releases.release, name="release"),
    path(f"{RELEASE}why/", findings.why, name="release_why"),
    path(f"{RELEASE}share/", releases.share, name="release_share"),
    path(f"{RELEASE}withdraw/", releases.withdraw, name="release_withdraw"),
    path(f"{RELEASE}documents/", documents.documents, name="release_documents"),
    path(f"{RELEASE}documents/<slug:edition>/<slug:kind>/", documents.document, name="release_document"),
    path(f"{RELEASE}indicators/<name:name>/", releases.indicator, name="release_indicator"),
    path(f"{RELEASE}factors/<name:name>/", releases.factor, name="release_factor"),
    path(f"{CHART}<slug:key>.json", charts.specification, name="chart_specification"),
    path(f"{CHART}<slug:key>/<slug:look>.svg", charts.chart, name="chart"),
    path(f"{RELEASE}<slug:part>/", releases.part, name="release_part"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<int:finding>/", findings.finding, name="finding"),
    path("sources/<slug:sha256>/", findings.source, name="source"),
]
