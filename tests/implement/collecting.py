"""A plan of five bodies, and what they say, for the tests of progress."""

import datetime as dt
import io
from decimal import Decimal

import pytest

from hashar.implement.contracts.progress import Field, Period, Status
from hashar.implement.queries import collections as queries
from hashar.implement.queries import forms as form_queries
from hashar.implement.services import answers, collections, returned_files
from hashar.people.contracts import CONSOLE
from hashar.people.services.organisations import create_organisation
from hashar.plan.queries import plans as plan_queries
from hashar.plan.services import plan_imports
from tests.implement.forms import answer_file
from tests.plan.word_file import paragraph, row, table, word_file

NOW = dt.datetime(2026, 4, 5, 9, 0, tzinfo=dt.UTC)
FIRST_QUARTER = Period(dt.date(2026, 1, 1), dt.date(2026, 3, 31))
SECOND_QUARTER = Period(dt.date(2026, 4, 1), dt.date(2026, 6, 30))
HEADS = {
    "ru": row("№", "Мероприятие", "Форма завершения", "Срок", "Ответственные", "Стоимость, тыс. тенге"),
    "kk": row("№", "Іс-шара", "Аяқталу нысаны", "Мерзімі", "Жауаптылар", "Шығыстар, мың теңге"),
}
SECTIONS = {"ru": ("1. Школы", "2. Город"), "kk": ("1. Мектептер", "2. Қала")}
MEASURES = {
    "ru": [
        ("1", "Провести опрос школьников", "отчёт", "до 15 марта 2026 года", "МВД (созыв), Almaty youth", "100"),
        ("2", "Обучить психологов", "приказ", "ежеквартально", "МЗ", "200,5"),
        ("3", "Проверить продажу алкоголя", "акт", "в течение 2026 года", "МВД, МЗ", "не требуется"),
        ("4", "Вести горячую линию", "информация", "постоянно", "Almaty youth", "30"),
        ("5", "Открыть центр", "акт", "IV квартал 2027 года", "МП", "500"),
        ("6", "Подвести итоги", "отчёт", "до 1 февраля 2026 года", "МП", "–"),
    ],
    "kk": [
        (
            "1",
            "Оқушыларға сауалнама жүргізу",
            "есеп",
            "2026 жылғы 15 наурызға дейін",
            "ІІМ (жинақтау), Almaty youth",
            "100",
        ),
        ("2", "Психологтарды оқыту", "бұйрық", "тоқсан сайын", "ДСМ", "200,5"),
        ("3", "Алкоголь сатуды тексеру", "акт", "2026 жыл ішінде", "ІІМ, ДСМ", "талап етілмейді"),
        ("4", "Сенім телефонын жүргізу", "ақпарат", "тұрақты", "Almaty youth", "30"),
        ("5", "Орталық ашу", "акт", "2027 жылғы IV тоқсан", "ОАМ", "500"),
        ("6", "Қорытынды шығару", "есеп", "2026 жылғы 1 ақпанға дейін", "ОАМ", "–"),
    ],
}


def plan_file(language="ru", measures=None, mark=""):
    """The plan as Word."""
    title = (
        "План профилактики на 2026–2027 годы"
        if language == "ru"
        else "2026–2027 жылдарға арналған профилактика жоспары"
    )
    head = [
        row(f'<w:tc><w:tcPr><w:gridSpan w:val="6"/></w:tcPr>{paragraph(each)}</w:tc>') for each in SECTIONS[language]
    ]
    rows = [row(*one) for one in measures or MEASURES[language]]
    body = table([HEADS[language], head[0], *rows[:3], head[1], *rows[3:]])
    notes = "МВД – Министерство внутренних дел" if language == "ru" else "ІІМ – Ішкі істер министрлігі"
    return io.BytesIO(word_file(paragraph(title + mark), body, paragraph(notes)))


class Collecting:
    """A plan on the site, whose progress is collected; time goes on by a minute with each thing done."""

    def __init__(self, cast):
        self.cast = cast
        self.official = cast.actor("official")
        self.youth = cast.neighbour
        self.now = NOW
        self.plan = self.import_plan(plan_file())
        self.import_plan(plan_file("kk"), self.plan)
        self.numbers = {one.number: one.id for one in self.measures()}

    def tick(self):
        self.now += dt.timedelta(minutes=1)
        return self.now

    def import_plan(self, content, plan=None):
        organisation = self.cast.centre
        made = plan_imports.upload(
            actor=self.official,
            organisation=organisation,
            plan=plan,
            name="plan.docx",
            content=content,
            now=self.tick(),
        )
        return plan_imports.store(actor=self.official, import_id=made, now=self.tick())

    def measures(self):
        return plan_queries.plan(self.official, self.plan, today=self.now.date()).measures

    def open(self, period=FIRST_QUARTER, actor=None, **more):
        return collections.open_collection(
            actor=actor or self.official,
            plan=self.plan,
            period=period,
            return_by=period.end + dt.timedelta(days=10),
            now=self.tick(),
            **more,
        )

    def detail(self, collection, actor=None, today=None):
        return queries.collection(actor or self.official, collection, today=today or self.now.date())

    def form(self, collection, body):
        """Id of a body's form."""
        return next(each.form for each in self.detail(collection).bodies if each.name == body)

    def asked(self, collection):
        """Body → numbers of the measures it is asked about."""
        return {
            each.name: [one.number for one in form_queries.form_page(self.official, each.form).measures]
            for each in self.detail(collection).bodies
        }

    def say(self, collection, body, number, actor=None, seen=None, **values):
        """Answer on the site, in sight of what stands."""
        form = self.form(collection, body)
        measure = self.numbers[number]
        page = form_queries.form_page(self.official, form)
        stands = next(one for one in page.measures if one.measure == measure).answers
        return answers.answer(
            actor=actor or self.official,
            form=form,
            measure=measure,
            values={Field(field): value for field, value in values.items()},
            seen={field: one.id for field, one in stands.items()} if seen is None else seen,
            now=self.tick(),
        )

    def standing(self, collection, body, number):
        """Field → value, as it stands."""
        measures = {one.measure: one for one in self.detail(collection).measures}
        said = measures[self.numbers[number]].bodies[body]
        return {field.value: one.value for field, one in said.items()}


DONE = {"status": Status.DONE, "done_on": dt.date(2026, 3, 10), "result": "Опрошено 600", "evidence": "приказ № 5"}
SPENT = Decimal("90.5")


@pytest.fixture
def collecting(cast):
    """The plan, in two languages, with nothing asked yet."""
    return Collecting(cast)


def organisation(name):
    """One more organisation of the city."""
    return create_organisation(
        actor=CONSOLE,
        name=name,
        names={"ru": name},
        kind="state_body",
        sector="law_enforcement",
        level="country",
        territory=None,
        now=NOW,
    )


def send_back(collecting, collection, body, answers, *, name=None, form=None, language="ru", returned_by=""):
    """Fill a body's form in without a network and take it in; ``form``: one that was made before."""
    form = form or form_queries.form(collecting.official, collecting.form(collection, body), language)
    typed = {
        collecting.numbers[number]: {Field(which): str(value) for which, value in said.items()}
        for number, said in answers.items()
    }
    content = answer_file(form, typed, returned_by=returned_by)
    return take_in(collecting, collection, (name or f"{body}.json", content))


def take_in(collecting, collection, *files):
    """Upload files as the official does."""
    sent = [(name, io.BytesIO(content)) for name, content in files]
    return returned_files.upload(actor=collecting.official, collection=collection, files=sent, now=collecting.tick())
