# ruff: noqa: E501  (tables of cases: one case a line)
"""What a column probably is: in seven languages, from names, labels and values."""

import numpy as np
import pytest

from hashar.assess.contracts.codebook import ItemType
from hashar.assess.contracts.table import Column, Fingerprint, MissingKind, SurveyTable
from hashar.assess.rules.guesses import (
    Role,
    answers_of,
    could_weigh,
    item_of,
    language_of,
    looks_like_weights,
    repeats_across,
    role_of,
    stands_alone,
)

NAN = float("nan")


def numbers(*values, name="q", **more):
    return Column(name, np.array(values, dtype=float), **more)


def words(*values, name="q", **more):
    return Column(name, np.array(values, dtype=object), **more)


def guess(column):
    return item_of(column, answers_of(column))


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("weight", Role.WEIGHT),
        ("Салмақ", Role.WEIGHT),
        ("vazn", Role.WEIGHT),
        ("stratum", Role.STRATUM),
        ("psu", Role.CLUSTER),
        ("REGION", Role.PLACE),
        ("облыс", Role.PLACE),
        ("welaýat", Role.PLACE),
        ("til", Role.LANGUAGE),
        ("school_id", Role.SCHOOL),
        ("сынып", Role.GRADE),
        ("жыныс", Role.SEX),
        ("class_1", Role.CLASS),
        ("yosh", Role.AGE),
        ("respondent_id", Role.IDENTIFIER),
        ("q17", None),
        ("weightloss", None),
    ],
)
def test_names_tell_roles_in_several_languages(name, role):
    assert role_of(numbers(1, name=name)) is role


@pytest.mark.parametrize(
    ("label", "role"),
    [("Overall Analysis Weight", Role.WEIGHT), ("Ваш пол", Role.SEX), ("In what grade are you", Role.GRADE), ("How much do you weigh", None), ("", None),
     ("Сколько вам лет", Role.AGE), ("Сколько лет вам было, когда вы впервые курили?", None)],
)  # fmt: skip
def test_labels_tell_roles(label, role):
    assert role_of(numbers(1, label=label)) is role


def test_weights_are_positive_and_complete():
    assert could_weigh(numbers(1, 2.5))
    assert not could_weigh(numbers(1, 0))
    assert not could_weigh(numbers(1, NAN))
    assert not could_weigh(words("a"))


def test_weights_are_many_and_not_whole():
    many = [1 + n / 7 for n in range(12)]
    assert looks_like_weights(numbers(*many))
    assert not looks_like_weights(numbers(*range(1, 13)))
    assert not looks_like_weights(numbers(1.5, 2))
    assert not looks_like_weights(numbers(0.5, NAN))


def test_clusters_may_repeat_or_stand_alone_in_strata():
    strata = numbers(1, 1, 2, 2)
    assert repeats_across(numbers(1, 2, 1, 2), strata)
    assert not repeats_across(numbers(1, 2, 3, 4), strata)
    assert stands_alone(numbers(1, 2, 3, 3), strata)
    assert not stands_alone(numbers(1, 2, 3, 4), strata)


def test_missing_codes_come_from_the_file_the_labels_and_their_look():
    column = numbers(
        1, 2, 9, 95, 99, 7, NAN,
        missing_codes=(9.0,),
        missing_ranges=((90.0, 96.0),),
        value_labels={1.0: "Да", 2.0: "Нет", 9.0: "Отказ", 8.0: "Не знаю"},
    )  # fmt: skip
    found = answers_of(column)
    assert found.missing == {
        9.0: MissingKind.REFUSED,
        95.0: MissingKind.NO_ANSWER,
        8.0: MissingKind.DONT_KNOW,
        7.0: MissingKind.NO_ANSWER,
        99.0: MissingKind.NO_ANSWER,
    }
    assert found.doubtful == [7.0, 99.0]
    assert list(found.counts) == [1.0, 2.0]
    assert found.labels == {1.0: "Да", 2.0: "Нет"}


def test_a_typical_missing_code_among_the_labelled_answers_is_an_answer():
    labels = {float(code): f"{code} times" for code in range(1, 10)}
    assert answers_of(numbers(1, 7, 8, value_labels=labels)).missing == {}


def test_letters_of_stata_are_missing_codes():
    column = numbers(1, NAN, NAN, tags=np.array(["", "a", ""]), value_labels={"a": "Refused"})
    assert answers_of(column).missing == {"a": MissingKind.REFUSED}


@pytest.mark.parametrize(
    ("labels", "yes", "no"),
    [
        (("Yes", "No"), [1.0], [2.0]),
        (("Нет", "Да"), [2.0], [1.0]),
        (("Иә", "Жоқ"), [1.0], [2.0]),
        (("Ооба", "Жок"), [1.0], [2.0]),
        (("Ha", "Yoʻq"), [1.0], [2.0]),
        (("Ҳа", "Не"), [1.0], [2.0]),
        (("Hawa", "Ýok"), [1.0], [2.0]),
    ],
)
def test_yes_and_no_are_known_in_seven_languages(labels, yes, no):
    found = guess(numbers(1, 2, value_labels=dict(zip((1.0, 2.0), labels, strict=True))))
    assert (found.item_type, found.yes, found.no) == (ItemType.YES_NO, yes, no)


@pytest.mark.parametrize(
    ("label", "answers", "expected"),
    [
        ("Smoking", ("0 days", "1 or 2 days", "3 to 5 days"), ItemType.FREQUENCY_OF_USE),
        ("Соңғы 30 күнде", ("Ешқашан", "1–2 рет", "3 рет"), ItemType.FREQUENCY_OF_USE),
        ("Age of first drink", ("Never", "8 years or younger", "9 years"), ItemType.AGE_OF_FIRST_USE),
        ("Впервые попробовали", ("Никогда", "10 лет", "11 лет"), ItemType.AGE_OF_FIRST_USE),
        ("Как часто", ("Никогда", "Иногда", "Всегда"), ItemType.ORDERED),
    ],
)
def test_never_is_no_and_the_rest_is_yes(label, answers, expected):
    labels = {float(code): text for code, text in enumerate(answers, start=1)}
    found = guess(numbers(1, 2, 3, label=label, value_labels=labels))
    assert (found.item_type, found.yes, found.no) == (expected, [2.0, 3.0], [1.0])


def test_labelled_answers_without_never_are_an_order_with_a_mean():
    found = guess(numbers(1, 2, 3, value_labels={1.0: "Плохо", 2.0: "Средне", 3.0: "Хорошо"}))
    assert (found.item_type, found.statistic) == (ItemType.ORDERED, "mean")


def test_numbers_without_labels_are_taken_at_their_word():
    assert guess(numbers(0, 1)).yes == (1.0,)
    assert guess(numbers(0, 0)).no == (0.0,)
    assert guess(numbers(1, 2)).no == (2.0,)
    assert guess(numbers(1, 2, 3)).item_type is ItemType.NUMBER
    assert guess(numbers(*range(40))).item_type is ItemType.NUMBER


def test_words_are_items_only_when_they_say_yes_and_no():
    assert guess(words("да", "нет", "")).yes == ["да"]
    assert guess(words("красный", "синий")) is None
    assert guess(words(*(f"w{n}" for n in range(40)))) is None
    assert guess(numbers(NAN, NAN)) is None


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("Have you ever smoked a cigarette?", "en"),
        ("Вы когда-нибудь курили сигареты?", "ru"),
        ("Сіз темекі шегіп көрдіңіз бе? Қай жаста?", "kk"),
        ("Сиз тамеки чегип көрдүңүз беле?", "ky"),
        ("Siz sigaret chekib koʻrganmisiz? Oʻzingiz", "uz"),
        ("Оё шумо ягон бор сигор кашидаед? Ҳеҷ гоҳ, рӯзи ҷорӣ", "tg"),
        ("Siz çilim çekip gördüňizmi? Näçe ýaşyňyzda", "tk"),
    ],
)
def test_the_language_of_the_labels_is_told_by_its_own_letters(label, language):
    column = numbers(1, label=label)
    assert language_of(SurveyTable({"q": column}, 1, Fingerprint("f", "", 0, 1, 1))) == language
