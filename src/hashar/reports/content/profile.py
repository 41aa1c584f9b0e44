"""The community prevention profile as a document."""

from hashar.assess.contracts.profile import Profile
from hashar.i18n import Translator
from hashar.reports.content import factors, indicators, method, priorities, quality, summary
from hashar.reports.content.document import Block, Document, PageBreak
from hashar.reports.content.scope import Scope
from hashar.reports.content.wording import words


def profile_document(profile: Profile, language: str) -> Document:
    """Everything a profile says, in ``language`` (one of :data:`hashar.i18n.LANGUAGES`)."""
    translator = Translator(language)
    scope = Scope(profile, translator)
    blocks: list[Block] = [
        *summary.chapter(scope),
        PageBreak(),
        *priorities.chapter(scope),
        *factors.chapter(scope),
        *indicators.use_chapter(scope),
        *indicators.other_chapter(scope),
        *indicators.changes_chapter(scope),
        *quality.chapter(scope),
        *quality.hidden_chapter(scope),
        *method.computed_chapter(scope),
        *method.glossary_chapter(scope),
        *method.languages_chapter(scope),
    ]
    place = translator.pick(profile.place)
    title = translator.pick(profile.title)
    return Document(
        language=language,
        kind=translator.gettext("Community prevention profile"),
        title=place or title,
        subtitle=title if place else "",
        meta=cover(scope),
        author=profile.provenance.operator,
        created=profile.provenance.computed_at,
        blocks=blocks,
        words=words(translator),
        notice=method.translation_notice(scope),
    )


def cover(scope: Scope) -> list[tuple[str, str]]:
    """What the cover states."""
    t = scope.translator
    profile = scope.profile
    earlier = [wave for wave in profile.waves if wave != profile.wave]
    lines = [
        (t.gettext("Survey wave"), profile.wave),
        (t.gettext("Compared with"), ", ".join(earlier)),
        (t.gettext("Questionnaires used"), t.integer(profile.quality.used)),
        (t.gettext("Source"), t.pick(profile.source)),
        (t.gettext("Computed on"), t.date(profile.provenance.computed_at.date())),
    ]
    return [(name, value) for name, value in lines if value]
