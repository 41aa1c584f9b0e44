"""Reads of surveys, their files and codebooks."""

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length

from hashar.assess.contracts import surveys as contracts
from hashar.assess.contracts.surveys import CodebookVersionSummary, MicrodataAccess, SurveyDetail, SurveySummary
from hashar.assess.contracts.table import Note
from hashar.assess.models import CodebookVersion, Release, Survey, SurveyFile
from hashar.assess.queries.releases import summary_of as release_summary
from hashar.assess.queries.visible import limits, path_of, the_survey, visible_surveys, with_names
from hashar.assess.rules import rights
from hashar.assess.rules.waves import fitting
from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.people.contracts import Actor, AuditEntry, Page
from hashar.people.queries import audit_trail

MOST_VERSIONS = 200
MOST_RELEASES = 200


def surveys(actor: Actor, page: int = 1, size: int = 50) -> Page[SurveySummary]:
    """Surveys of the actor's organisations, the newest first. Two queries."""
    page, size, part = limits(page, size)
    rows = visible_surveys(actor)
    found = _counted(rows).select_related("organisation", "territory").order_by("-made_at", "-pk")[part]
    return Page(tuple(_summary(row) for row in found), page, size, rows.count())


def _counted(rows: QuerySet[Survey]) -> QuerySet[Survey]:
    return rows.annotate(
        file_count=_number_of(SurveyFile.objects.filter(removed_at__isnull=True)),
        release_count=_number_of(Release.objects.all()),
    )


def _number_of(rows: QuerySet[SurveyFile] | QuerySet[Release]) -> Coalesce:
    counted = rows.filter(survey=OuterRef("pk")).order_by().values("survey").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def _summary(row: Survey) -> SurveySummary:
    return SurveySummary(
        id=row.pk,
        title=row.title,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        territory=row.territory_id,
        territory_path=path_of(row),
        territory_names=row.territory.names if row.territory else {},
        made_at=row.made_at,
        files=int(getattr(row, "file_count", 0)),
        releases=int(getattr(row, "release_count", 0)),
    )


def survey(actor: Actor, survey_id: int) -> SurveyDetail:
    """All about one survey: files, the present codebook, all versions' heads, releases. Six queries at most.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    row = the_survey(actor, survey_id)
    codebook = latest_codebook(row)
    heads = row.codebooks.select_related("made_by").annotate(size=Length("text")).defer("text").order_by("-number")
    uploaded = row.files.select_related("uploaded_by").order_by("uploaded_at", "pk")
    files = [file_of(file, codebook) for file in uploaded]
    releases = with_names(row.releases.all()).order_by("-number")[:MOST_RELEASES]
    present = tuple(file for file in files if file.removed_at is None)
    shown = tuple(release_summary(release, actor) for release in releases)
    return SurveyDetail(
        summary=replace(_summary(row), files=len(present), releases=len(shown)),
        files=present,
        removed_files=tuple(file for file in files if file.removed_at is not None),
        codebook=version_of(codebook) if codebook else None,
        versions=tuple(_head(version) for version in heads[:MOST_VERSIONS]),
        releases=shown,
        may_work=rights.may_work(actor, row.organisation_id, path_of(row)),
        may_share=rights.may_share(actor, row.organisation_id, path_of(row)),
    )


def _head(row: CodebookVersion) -> CodebookVersionSummary:
    return CodebookVersionSummary(row.number, row.made_by.name, row.made_at, row.problems, int(getattr(row, "size", 0)))


def file_of(row: SurveyFile, codebook: CodebookVersion | None) -> contracts.SurveyFile:
    """A file as it leaves this step, with its wave by the codebook's patterns."""
    return contracts.SurveyFile(
        id=row.pk,
        name=row.name,
        wave=wave_name(row.name, codebook),
        sha256=row.sha256,
        size=row.size,
        rows=row.rows,
        columns=row.columns,
        uploaded_at=row.uploaded_at,
        uploaded_by=row.uploaded_by.name,
        removed_at=row.removed_at,
        notes=tuple(Note(note["message"], note["values"]) for note in row.notes),
        problem=Note(row.problem["message"], row.problem["values"]) if row.problem else None,
    )


def wave_name(file: str, codebook: CodebookVersion | None) -> str:
    """The one wave whose patterns fit the file's name; empty when none does, or several do."""
    found = fitting(file, codebook.waves) if codebook else []
    return found[0] if len(found) == 1 else ""


def latest_codebook(survey: Survey) -> CodebookVersion | None:
    """The present version of a survey's codebook, with its maker."""
    return survey.codebooks.select_related("made_by").order_by("-number").first()


def codebook_version(actor: Actor, survey_id: int, number: int) -> contracts.CodebookVersion:
    """One version of a survey's codebook.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    rows = CodebookVersion.objects.select_related("made_by").filter(survey=the_survey(actor, survey_id))
    row = rows.filter(number=number).first()
    if row is None:
        raise NotFound(N_("The codebook has no version {number}. Choose one from the list of versions."), number=number)
    return version_of(row)


def version_of(row: CodebookVersion) -> contracts.CodebookVersion:
    """A version as it leaves this step."""
    return contracts.CodebookVersion(
        survey=row.survey_id,
        number=row.number,
        text=row.text,
        made_by=row.made_by.name,
        made_at=row.made_at,
        problems=row.problems,
        sha256=row.sha256,
        based_on=row.based_on,
    )


def microdata_audit(actor: Actor, survey_id: int, page: int = 1, size: int = 50) -> Page[MicrodataAccess]:
    """Who opened a survey's microdata, when and what for, newest first. Four queries.

    Raises
    ------
    NotFound
        There is no such survey for this actor.
    Forbidden
        The actor is no coordinator of the organisation that owns it.

    """
    row = the_survey(actor, survey_id)
    page, size, _ = limits(page, size)
    trail = audit_trail(
        actor,
        organisation=row.organisation_id,
        action="microdata.read",
        subject=f"survey:{row.pk}",
        page=page,
        size=size,
    )
    names = dict(row.files.values_list("pk", "name"))
    return Page(tuple(_access(entry, names) for entry in trail.items), page, size, trail.total)


def _access(entry: AuditEntry, names: Mapping[int, str]) -> MicrodataAccess:
    file = int(str(entry.details.get("file", 0)))
    return MicrodataAccess(
        at=entry.at,
        by=entry.person_name,
        file=file,
        file_name=names.get(file, ""),
        purpose=str(entry.details.get("purpose", "")),
    )
