"""Plans on the site: stored as they were understood, compared, joined by language, undone, seen by the right people."""

import datetime as dt
import io

import pytest

from hashar.errors import Conflict, Forbidden, InputError, NotFound, UsageError
from hashar.people.contracts import CONSOLE
from hashar.people.queries import audit_trail
from hashar.people.services.organisations import create_organisation
from hashar.plan.contracts.plans import ImportState
from hashar.plan.queries import plans as queries
from hashar.plan.queries.previews import preview
from hashar.plan.rules.rights import sees_plan
from hashar.plan.services import plan_imports as services
from hashar.reports.official import plan_document
from tests.plan.word_file import paragraph, row, table, word_file

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
LATER = NOW + dt.timedelta(days=30)
HEAD = {
    "ru": row("№", "Мероприятие", "Форма завершения", "Срок", "Ответственные", "Стоимость, тыс. тенге"),
    "kk": row("№", "Іс-шара", "Аяқталу нысаны", "Мерзімі", "Жауаптылар", "Шығыстар, мың теңге"),
}
FIRST = [
    ("1", "Провести опрос школьников города", "отчёт", "IV квартал 2026 года", "Центр, МВД", "100"),
    ("2", "Обучить школьных психологов методам помощи", "приказ", "ежегодно, к 25 декабря", "МЗ", "не требуется"),
    ("3", "Проверить продажу алкоголя у школ", "акт", "когда получится", "МВД", "50"),
]
KAZAKH = [
    ("1", "Қала оқушыларына сауалнама жүргізу", "есеп", "2026 жылғы IV тоқсан", "Орталық, ІІМ", "100"),
    ("2", "Мектеп психологтарын оқыту", "бұйрық", "жыл сайын, 25 желтоқсанға дейін", "ДСМ", "талап етілмейді"),
    ("4", "Артық іс", "есеп", "тұрақты", "ІІМ", "–"),
]


def file(measures, language="ru", notes="МВД – Министерство внутренних дел"):
    title = "План профилактики на 2026–2027 годы" if language == "ru" else "2026–2027 жылдарға арналған жоспар"
    section = row(f'<w:tc><w:tcPr><w:gridSpan w:val="6"/></w:tcPr>{paragraph("1. Главное")}</w:tc>')
    rows = [HEAD[language], section, *(row(*one) for one in measures)]
    return io.BytesIO(word_file(paragraph(title), table(rows), paragraph(notes)))


@pytest.fixture
def act(cast):
    """Bring files in as the official of Almaty centre."""

    class Act:
        actor = cast.actor("official")

        def upload(self, content, plan=None, now=NOW):
            return services.upload(
                actor=self.actor, organisation=cast.centre, plan=plan, name="plan.docx", content=content, now=now
            )

        def store(self, content, plan=None, now=NOW, **said):
            made = self.upload(content, plan, now)
            if said:
                answers = {"bodies": {}, "deadlines": {}, "same": {}} | said
                services.answer(actor=self.actor, import_id=made, now=now, **answers)
            return services.store(actor=self.actor, import_id=made, now=now), made

        def plan(self, plan, **narrow):
            return queries.plan(self.actor, plan, today=TODAY, **narrow)

    return Act()


@pytest.mark.django_db
def test_a_plan_is_stored_as_it_was_understood(cast, act):
    plan, _ = act.store(file(FIRST))
    found = act.plan(plan)
    assert found.summary.titles == {"ru": "План профилактики на 2026–2027 годы"}
    assert (found.summary.years, found.summary.measures, found.summary.languages) == ((2026, 2027), 3, ("ru",))
    assert found.sections == ({"ru": "1. Главное"},)
    one = found.measures[0]
    assert (one.number, one.section, one.texts["ru"]) == ("1", 0, FIRST[0][1])
    assert [body.name for body in one.bodies] == ["Центр", "МВД"]
    assert one.bodies[1].full == "Министерство внутренних дел"
    assert one.next_due == dt.date(2026, 12, 31)
    assert str(one.costs[0].total) == "100"
    assert found.cost_unit == "тыс. тенге"


@pytest.mark.django_db
def test_measures_can_be_narrowed_to_a_body_and_a_day(act):
    plan, _ = act.store(file(FIRST))
    assert [one.number for one in act.plan(plan, body="МВД").measures] == ["1", "3"]
    assert [one.number for one in act.plan(plan, before=dt.date(2026, 12, 26)).measures] == ["2"]


@pytest.mark.django_db
def test_a_deadline_that_was_not_understood_is_said_by_a_person(act):
    rows = [doubt.row for doubt in preview(act.actor, act.upload(file(FIRST))).doubts if doubt.code == "P08"]
    plan, _ = act.store(file(FIRST), deadlines={rows[0]: dt.date(2027, 5, 1)})
    assert act.plan(plan).measures[2].deadlines[0].end == dt.date(2027, 5, 1)


@pytest.mark.django_db
def test_an_organisation_is_exact_or_asked_never_guessed(cast, act):
    create_organisation(
        actor=CONSOLE,
        name="Министерство внутренних дел",
        names={"ru": "Министерство внутренних дел"},
        kind="state_body",
        sector="law_enforcement",
        level="country",
        territory=None,
        now=NOW,
    )
    made = act.upload(file(FIRST, notes=""))
    questions = {each.name: each for each in preview(act.actor, made).bodies}
    assert questions["МВД"].match.confidence == "close"
    with pytest.raises(UsageError, match="questions"):
        services.store(actor=act.actor, import_id=made, now=NOW)
    chosen = questions["МВД"].match.organisation
    services.answer(actor=act.actor, import_id=made, bodies={"МВД": chosen}, deadlines={}, same={}, now=NOW)
    plan = services.store(actor=act.actor, import_id=made, now=NOW)
    assert act.plan(plan).measures[2].bodies[0].organisation == chosen
    plan, _ = act.store(file(FIRST), now=LATER)  # with the abbreviation explained nobody is asked
    assert act.plan(plan).measures[2].bodies[0].organisation == chosen


@pytest.mark.django_db
def test_an_unknown_organisation_is_no_answer(act):
    made = act.upload(file(FIRST))
    with pytest.raises(UsageError, match="from the list"):
        services.answer(actor=act.actor, import_id=made, bodies={"МВД": 10**9}, deadlines={}, same={}, now=NOW)


@pytest.mark.django_db
def test_the_kazakh_file_joins_by_number(act):
    plan, _ = act.store(file(FIRST))
    made = act.upload(file(KAZAKH, "kk"), plan)
    assert [doubt.values["number"] for doubt in preview(act.actor, made).doubts if doubt.code == "P27"] == ["4"]
    services.store(actor=act.actor, import_id=made, now=LATER)
    found = act.plan(plan)
    assert found.measures[0].texts == {"ru": FIRST[0][1], "kk": KAZAKH[0][1]}
    assert found.measures[0].bodies[1].texts == {"ru": "МВД", "kk": "ІІМ"}
    assert found.measures[2].texts == {"ru": FIRST[2][1]}
    assert (len(found.measures), found.summary.languages) == (3, ("ru", "kk"))


SECOND = [
    ("1", "Провести анкетирование всех учителей", "отчёт", "2027 год", "Центр", "10"),
    ("2", FIRST[0][1], "отчёт", "I квартал 2027 года", "Центр, МВД", "100"),
    ("3", FIRST[1][1] + " детям", "приказ", "ежегодно, к 25 декабря", "МЗ, МП", "не требуется"),
]


@pytest.mark.django_db
def test_a_new_edition_is_compared_and_measures_keep_their_identity(act):
    plan, _ = act.store(file(FIRST))
    before = {one.texts["ru"]: one.id for one in act.plan(plan).measures}
    made = act.upload(file(SECOND), plan, LATER)
    found = preview(act.actor, made)
    kinds = [(one.kind.value, one.before, one.after, [each.field for each in one.fields]) for one in found.changes]
    assert kinds == [
        ("added", None, 0, []),
        ("changed", 0, 1, ["number", "deadline"]),
        ("changed", 1, 2, ["number", "text", "bodies"]),
        ("removed", 2, None, []),
    ]
    services.store(actor=act.actor, import_id=made, now=LATER)
    after = [one.id for one in act.plan(plan).measures]
    assert after[1:] == [before[FIRST[0][1]], before[FIRST[1][1]]]
    assert after[0] not in before.values()
    assert act.plan(plan).imports[0].counts == {"measures": 3, "same": 0, "added": 1, "removed": 1, "changed": 2}


@pytest.mark.django_db
def test_whether_a_rewritten_measure_is_the_same_is_asked(act):
    plan, _ = act.store(file(FIRST))
    rewritten = [(*("4", "Обучить психологов колледжей приёмам помощи"), *FIRST[1][2:])]
    made = act.upload(file(rewritten), plan, LATER)
    unsure = [one for one in preview(act.actor, made).changes if not one.sure]
    assert [(one.before, one.after) for one in unsure] == [(1, 0)]
    with pytest.raises(UsageError):
        services.store(actor=act.actor, import_id=made, now=LATER)
    services.answer(actor=act.actor, import_id=made, bodies={}, deadlines={}, same={0: False}, now=LATER)
    kinds = [one.kind.value for one in preview(act.actor, made).changes]
    assert kinds == ["added", "removed", "removed", "removed"]


@pytest.mark.django_db
def test_undo_brings_the_edition_before_back(act):
    plan, first = act.store(file(FIRST))
    ids = [one.id for one in act.plan(plan).measures]
    _, second = act.store(file(SECOND), plan, LATER)
    services.undo(actor=act.actor, import_id=second, now=LATER)
    found = act.plan(plan)
    assert [one.id for one in found.measures] == ids
    assert [(one.id, one.state, one.stands) for one in found.imports] == [
        (second, ImportState.UNDONE, False),
        (first, ImportState.DONE, True),
    ]
    with pytest.raises(Conflict):
        services.undo(actor=act.actor, import_id=second, now=LATER)
    services.undo(actor=act.actor, import_id=first, now=LATER)
    assert act.plan(plan).measures == ()


@pytest.mark.django_db
def test_what_stands_goes_out_as_the_form_and_is_the_same_plan(act):
    plan, _ = act.store(file(FIRST))
    edition = queries.edition(act.actor, plan, "ru")
    again = act.upload(io.BytesIO(plan_document(edition, "docx")), plan, LATER)
    assert {one.kind.value for one in preview(act.actor, again).changes} == {"same"}
    with pytest.raises(NotFound):
        queries.edition(act.actor, plan, "kk")


@pytest.mark.django_db
def test_a_bad_file_leaves_nothing(act):
    with pytest.raises(InputError):
        act.upload(io.BytesIO(b"%PDF-1.7"))
    assert queries.plans(act.actor).total == 0


@pytest.mark.django_db
def test_a_file_is_decided_on_once(act):
    _, made = act.store(file(FIRST))
    for decide in (services.store, services.discard):
        with pytest.raises(Conflict):
            decide(actor=act.actor, import_id=made, now=NOW)
    waiting = act.upload(file(FIRST))
    assert preview(act.actor, waiting).repeats
    services.discard(actor=act.actor, import_id=waiting, now=NOW)
    with pytest.raises(NotFound):
        preview(act.actor, waiting)


@pytest.mark.django_db
def test_every_write_leaves_an_audit_row(cast, act):
    _, made = act.store(file(FIRST), bodies={})
    services.undo(actor=act.actor, import_id=made, now=LATER)
    rows = audit_trail(cast.actor("coordinator"), organisation=cast.centre).items
    told = [row.action for row in rows if row.action.startswith("plan.")]
    assert told == ["plan.undo", "plan.import", "plan.answer", "plan.upload"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["reader", "analyst"])
def test_only_coordinators_and_officials_import(cast, act, name):
    act.actor = cast.actor(name)
    with pytest.raises(Forbidden, match="coordinators and officials"):
        act.upload(file(FIRST))
    with pytest.raises(Forbidden):
        services.importing_organisations(act.actor)


@pytest.mark.django_db
def test_who_sees_a_plan(cast, act):
    plan, made = act.store(file(FIRST))
    where = act.plan(plan).summary
    for name in ("reader", "analyst", "coordinator", "colleague", "manager"):
        assert queries.plan(cast.actor(name), plan, today=TODAY).summary.id == plan
        assert sees_plan(cast.actor(name), where.organisation, where.territory_path)
    for name in ("stranger", "operator"):
        assert not sees_plan(cast.actor(name), where.organisation, where.territory_path)
        with pytest.raises(NotFound):
            queries.plan(cast.actor(name), plan, today=TODAY)
    with pytest.raises(NotFound):
        preview(cast.actor("colleague"), made)
    waiting = act.upload(file(FIRST))
    with pytest.raises(NotFound):
        preview(cast.actor("coordinator"), waiting)


@pytest.mark.django_db
def test_the_measures_of_a_plan_cost_the_same_number_of_queries(act, django_assert_max_num_queries):
    plan, _ = act.store(file(FIRST))
    with django_assert_max_num_queries(12):
        act.plan(plan)
