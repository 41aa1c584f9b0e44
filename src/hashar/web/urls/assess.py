"""Addresses under assess: surveys with their codebooks, releases with their parts, runs."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.urls import URLPattern, path, register_converter

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


def page(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """A page for people who signed in; anybody else is led to the sign-in first."""
    return path(route, login_required(view), name=name)


urlpatterns = [
    page("", releases.assess, "assess"),
    page("surveys/", surveys.surveys, "surveys"),
    page("surveys/new/", surveys.new, "survey_new"),
    page(SURVEY, surveys.survey, "survey"),
    page(f"{SURVEY}upload/", surveys.upload, "survey_upload"),
    page(f"{SURVEY}files/<int:file>/remove/", surveys.remove, "survey_file_remove"),
    page(f"{SURVEY}microdata/", surveys.microdata, "survey_microdata"),
    page(f"{SURVEY}profile/", surveys.profile, "survey_profile"),
    page(CODEBOOK, codebooks.codebook, "codebook"),
    page(f"{CODEBOOK}draft/", codebooks.draft, "codebook_draft"),
    page(f"{CODEBOOK}text/", codebooks.text, "codebook_text"),
    page(f"{CODEBOOK}file/", codebooks.download, "codebook_file"),
    page(f"{CODEBOOK}versions/<int:number>/", codebooks.version, "codebook_version"),
    page(f"{CODEBOOK}add/<slug:section>/", codebook_parts.add, "codebook_add"),
    page(f"{CODEBOOK}remove/<slug:section>/<name:item>/", codebook_parts.remove, "codebook_remove"),
    page(f"{CODEBOOK}<slug:section>/", codebook_parts.section, "codebook_section"),
    page(f"{CODEBOOK}<slug:section>/<name:item>/", codebook_parts.item, "codebook_item"),
    page("runs/<int:run>/", runs.run, "run"),
    page("releases/", releases.releases, "releases"),
    page(RELEASE, releases.release, "release"),
    page(f"{RELEASE}why/", findings.why, "release_why"),
    page(f"{RELEASE}share/", releases.share, "release_share"),
    page(f"{RELEASE}withdraw/", releases.withdraw, "release_withdraw"),
    page(f"{RELEASE}documents/", documents.documents, "release_documents"),
    page(f"{RELEASE}documents/<slug:edition>/<slug:kind>/", documents.document, "release_document"),
    page(f"{RELEASE}indicators/<name:name>/", releases.indicator, "release_indicator"),
    page(f"{RELEASE}factors/<name:name>/", releases.factor, "release_factor"),
    page(f"{CHART}<slug:key>.json", charts.specification, "chart_specification"),
    page(f"{CHART}<slug:key>/<slug:look>.svg", charts.chart, "chart"),
    page(f"{RELEASE}<slug:part>/", releases.part, "release_part"),
    page("findings/", findings.findings, "findings"),
    page("findings/<int:finding>/", findings.finding, "finding"),
    page("sources/<slug:sha256>/", findings.source, "source"),
]
