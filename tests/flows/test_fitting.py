"""Who fits a measure, and why: by meaning in any language, for the same people and ages, in the same territory."""

import pytest

from hashar.flows.fitting import Ground, Kind, Known, common_keys, grounds, order_of, wanted, works_there

EVENINGS = "Family evenings: parents learn to talk with their children"


def why(measure, known, common=frozenset()):
    return [each.words for each in grounds(wanted({"ru": measure}), known, common)]


def practice(text, title="It", ages=None):
    return Known(1, Kind.PRACTICE, title, text, "o1-1", ages)


TABLE = [
    # the measure, what the organisation does, the words in which they meet
    ("Провести тренинги для родителей по навыкам общения", EVENINGS, ("родителей", "общения")),
    ("Мектеп оқушыларының ата-аналарына тренингтер", "Тренинг для родителей", ("ата-аналарына", "тренингтер")),
    ("Проверить продажу алкоголя у школ", "Волонтёры проверяют магазины: продажа алкоголя", ("продажу", "алкоголя")),
    ("Спортивные соревнования среди молодежи", "Футбол для подростков во дворах", ("Спортивные", "молодежи")),
    ("Провести акцию против вейпов", "Акция «Не кури»: табак и вейпы", ("акцию", "вейпов")),
    ("Семинары о киберэтикете для педагогов", "Киберэтикет: семинары педагогов", ("Семинары", "киберэтикете")),
    ("Убрать рекламу табака и алкоголя", "Проверки магазинов: табак и алкоголь", None),
    ("Праздник для молодежи рядом", "Рядом с молодежью", None),
    ("Проверить продажу алкоголя у школ", EVENINGS, None),
    ("Внести изменения в правила закупок", EVENINGS, None),
    ("Выдать справки родителям и детям", EVENINGS, None),
    ("Разработать план работы", "План работы с молодежью", None),
]


@pytest.mark.parametrize(("measure", "does", "words"), TABLE)
def test_the_table(measure, does, words):
    found = why(measure, [practice(does)], common_keys([]))
    assert found == [] if words is None else set(words) <= set(found[0])


def test_what_most_measures_of_a_plan_say_tells_nothing():
    plan = [{"ru": f"Акция для молодежи номер {at}"} for at in range(10)]
    assert {"=campaign", "=adolescent"} <= common_keys(plan)
    assert why("Акция для молодежи", [practice("Акции с молодежью")], common_keys(plan)) == []
    assert why("Акция для молодежи", [practice("Акции с молодежью")], common_keys(plan[:3])) != []


@pytest.mark.parametrize(("ages", "fits"), [((11, 14), True), ((14, 20), True), ((3, 6), False), (None, True)])
def test_other_ages_do_not_fit_and_the_same_are_told(ages, fits):
    found = grounds(
        wanted({"ru": "Тренинги общения для подростков 10–14 лет"}), [practice("Тренинг общения", ages=ages)], ()
    )
    assert bool(found) == fits
    assert [each.ages for each in found] == ([ages is not None] if fits else [])


def test_a_sector_is_a_reason_where_the_measure_names_it():
    sector = [Known(1, Kind.SECTOR, "media", "")]
    assert why("Разместить рекламу на телевидении", sector) == [("рекламу", "телевидении")]
    assert why("Обучить психологов", sector) == []
    assert why("Обучить психологов", [Known(1, Kind.SECTOR, "government", "")]) == []


def test_reasons_come_strongest_first_and_organisations_by_kinds_of_reasons_then_by_name():
    text = "Тренинг общения для родителей"
    kinds = [Kind.PRACTICE, Kind.ACTIVITY, Kind.PROMISE]
    found = grounds(wanted({"ru": text}), [Known(1, kind, str(kind), text) for kind in kinds], ())
    assert [each.known.kind for each in found] == [Kind.ACTIVITY, Kind.PROMISE, Kind.PRACTICE]

    def of(*kinds):
        return [Ground(Known(1, kind, "", ""), ("x",)) for kind in kinds]

    several = {
        "B": of(Kind.PRACTICE),
        "A": of(Kind.PRACTICE),
        "C": of(Kind.ACTIVITY),
        "D": of(Kind.PRACTICE, Kind.SECTOR),
    }
    assert sorted(several, key=lambda name: order_of(several[name], name)) == ["D", "C", "A", "B"]
    assert order_of(of(*[Kind.SECTOR] * 9), "x") == order_of(of(Kind.SECTOR), "x")


@pytest.mark.parametrize(
    ("organisation", "plan", "works"),
    [
        *[("KZ/KZ-75/", "KZ/KZ-75/", "whole"), ("KZ/", "KZ/KZ-75/", "whole"), ("", "KZ/", "whole")],
        *[("KZ/KZ-75/", "KZ/", "part"), ("KG/", "KZ/", ""), ("KZ/KZ-75/", "KZ/KZ-7/", "")],
    ],
)
def test_where_an_organisation_works(organisation, plan, works):
    assert works_there(organisation, plan) == works
