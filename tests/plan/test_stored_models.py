"""Logic models of the site: versions, two savers, parts, rights, baselines from a profile."""

import dataclasses
import datetime as dt

import pytest

from hashar.errors import Forbidden, InputError, NotFound, UsageError
from hashar.plan.contracts.logic_model import Condition, Indicator, Problem
from hashar.plan.contracts.stored_models import MOST_LETTERS, NewerModel
from hashar.plan.queries import grounds
from hashar.plan.queries import logic_models as queries
from hashar.plan.services import model_parts, stored_models
from tests.people.cast import NOW
from tests.plan.model_samples import circle
from tests.plan.test_logic_models import TEXT

pytestmark = pytest.mark.django_db


def make(cast, text=TEXT, by="analyst", territory=None):
    return stored_models.create_model(
        actor=cast.actor(by), organisation=cast.centre, territory=territory, title="Model", text=text, now=NOW
    )


def look(cast, model, by="analyst"):
    return stored_models.look(actor=cast.actor(by), model=model, now=NOW)


def at_of(cast, model, code):
    return next(at for at, one in enumerate(look(cast, model).model.elements()) if one.code == code)


def part(cast, model, code):
    return next(one for one in look(cast, model).model.elements() if one.code == code)


def put(cast, model, at, element, based_on=1, by="analyst"):
    return model_parts.put(actor=cast.actor(by), model=model, at=at, element=element, based_on=based_on, now=NOW)


def save(cast, model, text, based_on=1, by="analyst"):
    return stored_models.save_text(actor=cast.actor(by), model=model, text=text, based_on=based_on, now=NOW)


def test_a_model_is_kept_with_its_text_and_its_findings(cast):
    it = look(cast, make(cast))
    assert it.version.text == TEXT
    assert (it.summary.title, it.summary.number, it.summary.errors) == ("Prevention plan of the city", 1, 0)
    assert not it.problems


def test_an_empty_model_has_its_title_and_one_error(cast):
    it = look(cast, make(cast, text=""))
    assert it.summary.title == "Model"
    assert [one.rule for one in it.findings] == ["S01"]


def test_a_text_with_mistakes_is_kept_and_told_of(cast):
    model = make(cast, text="problems:\n  - text: nameless\n")
    it = look(cast, model)
    assert it.model is None
    assert "line 2" in str(it.problems[0])
    assert it.summary.errors == 1
    with pytest.raises(NotFound):
        stored_models.model_of(it)
    with pytest.raises(UsageError):
        put(cast, model, None, Condition(code="c"))
    with pytest.raises(UsageError):
        stored_models.share(actor=cast.actor("coordinator"), model=model, shared=True, now=NOW)


@pytest.mark.parametrize("text", ["x" * (MOST_LETTERS + 1), "title: \0", "title: \ud800"])
def test_what_is_no_text_is_not_kept(cast, text):
    model = make(cast)
    with pytest.raises(InputError):
        save(cast, model, text)
    assert look(cast, model).version.number == 1


def test_two_savers_do_not_overwrite_each_other(cast):
    model = make(cast)
    save(cast, model, TEXT + "# mine\n", by="analyst")
    with pytest.raises(NewerModel) as caught:
        save(cast, model, TEXT + "# yours\n", by="official")
    assert caught.value.newer.text.endswith("# mine\n")
    with pytest.raises(NewerModel):
        put(cast, model, None, Condition(code="c"), based_on=1, by="official")
    with pytest.raises(NewerModel):
        model_parts.remove(actor=cast.actor("official"), model=model, at=0, based_on=1, now=NOW)
    assert look(cast, model).version.text.endswith("# mine\n")


def test_saving_the_same_makes_no_version(cast):
    model = make(cast)
    assert save(cast, model, TEXT).number == 1
    assert save(cast, model, TEXT, based_on=7).number == 1


def test_every_version_stays(cast):
    model = make(cast)
    save(cast, model, TEXT + "# two\n")
    assert queries.version(cast.actor("analyst"), model, 1).text == TEXT
    assert queries.version(cast.actor("analyst"), model).number == 2
    with pytest.raises(NotFound):
        queries.version(cast.actor("analyst"), model, 9)


def test_a_form_changes_only_its_part_of_the_text(cast):
    commented = TEXT.replace("factors:\n", "# what stands behind it\nfactors:\n")
    model = make(cast, text=commented)
    at = at_of(cast, model, "kiosks")
    put(cast, model, at, dataclasses.replace(part(cast, model, "kiosks"), text="Four kiosks: beside school 5"))
    text = look(cast, model).version.text
    assert text == commented.replace("Three kiosks beside school 5 sell to minors", '"Four kiosks: beside school 5"')


def test_a_text_that_is_not_laid_out_line_by_line_is_written_anew(cast):
    model = make(cast, text="{problems: [{code: p}], conditions: [{code: c}]}")
    put(cast, model, 0, Problem(code="p", text="Much"))
    assert part(cast, model, "p").text == "Much"
    assert part(cast, model, "c") is not None


def test_parts_are_added_and_a_new_code_is_followed(cast):
    model = make(cast)
    put(cast, model, None, Condition(code="fences", text="No fence"))
    put(cast, model, at_of(cast, model, "kiosks"), dataclasses.replace(part(cast, model, "kiosks"), code="shops"), 2)
    assert part(cast, model, "F-R1").because == ("shops",)
    assert part(cast, model, "sellers").addresses == ("shops",)
    assert part(cast, model, "sales").measures == ("shops",)
    assert part(cast, model, "fences").text == "No fence"
    with pytest.raises(UsageError, match="shops"):
        put(cast, model, None, Condition(code="shops"), based_on=3)


def test_a_part_that_is_taken_out_is_named_no_more(cast):
    model = make(cast)
    model_parts.remove(actor=cast.actor("analyst"), model=model, at=at_of(cast, model, "sellers"), based_on=1, now=NOW)
    assert part(cast, model, "train").strategy == ""
    for at in (-1, 99):
        with pytest.raises(NotFound):
            model_parts.remove(actor=cast.actor("analyst"), model=model, at=at, based_on=2, now=NOW)
    with pytest.raises(NotFound):
        put(cast, model, 0, Condition(code="c"), based_on=2)


def test_a_double_code_is_still_named_when_one_of_them_goes(cast):
    model = make(cast, text="factors:\n- code: F-R1\n  because: [c]\nconditions:\n- code: c\n- code: c\n")
    model_parts.remove(actor=cast.actor("analyst"), model=model, at=1, based_on=1, now=NOW)
    assert part(cast, model, "F-R1").because == ("c",)


@pytest.mark.parametrize("who", ["reader", "colleague", "manager", "stranger", "operator"])
def test_who_does_not_write_here_writes_nothing(cast, who):
    model = make(cast)
    for action in (
        lambda: make(cast, by=who),
        lambda: save(cast, model, "title: x\n", by=who),
        lambda: put(cast, model, None, Condition(code="c"), by=who),
        lambda: stored_models.share(actor=cast.actor(who), model=model, shared=True, now=NOW),
    ):
        with pytest.raises((Forbidden, NotFound)):
            action()
    assert look(cast, model).version.number == 1


def test_a_draft_is_seen_by_those_who_write_and_a_shared_one_by_its_territory(cast):
    model = make(cast)
    everyone = ("reader", "official", "analyst", "coordinator", "colleague", "manager", "stranger", "operator")

    def seers():
        return [who for who in everyone if queries.models(cast.actor(who)).items]

    assert seers() == ["official", "analyst", "coordinator"]
    with pytest.raises(Forbidden):
        stored_models.share(actor=cast.actor("analyst"), model=model, shared=True, now=NOW)
    stored_models.share(actor=cast.actor("coordinator"), model=model, shared=True, now=NOW)
    assert seers() == ["reader", "official", "analyst", "coordinator", "colleague", "manager"]
    assert not look(cast, model, "reader").may_write
    stored_models.share(actor=cast.actor("coordinator"), model=model, shared=False, now=NOW)
    assert seers() == ["official", "analyst", "coordinator"]
    for lost in (0, -1, 2**63, model + 1000):
        with pytest.raises(NotFound):
            queries.the_model(cast.actor("analyst"), lost)


def test_a_circle_of_ten_thousand_is_kept_and_told_once(cast):
    it = look(cast, make(cast, text=circle(10_000)))
    assert [one.values["size"] for one in it.findings if one.rule == "S05"] == [10_000]


@pytest.fixture
def profile(cast, settings, tmp_path):
    """A shared release of Almaty centre, with its shares."""
    from tests.assess.site import make_survey

    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    survey = make_survey(cast, settings.DATA)
    release = survey.release()
    survey.share(release)
    return grounds.baselines(cast.actor("analyst"), release)


def test_a_baseline_is_taken_from_a_profile_with_where_it_comes_from(cast, profile):
    base = next(one for one in profile if one.kind == "prevalence")
    model = make(cast)
    at = at_of(cast, model, "drank")
    model_parts.fill_in(
        actor=cast.actor("analyst"), model=model, at=at, finding=base.finding, band="", based_on=1, now=NOW
    )
    indicator = part(cast, model, "drank")
    source = part(cast, model, indicator.source)
    assert (indicator.baseline, indicator.baseline_date) == (round(base.share, 4), dt.date(2022, 12, 31))
    assert (source.n, source.deff) == (base.n, round(base.deff, 2))
    assert indicator.target == 0.12
    assert look(cast, model).origins["drank"].finding == base.finding
    again = dataclasses.replace(indicator, baseline=0.5)
    put(cast, model, at, again, based_on=2)
    assert "drank" not in look(cast, model).origins


def test_two_indicators_with_the_same_answers_share_a_source_and_others_do_not(cast, profile):
    one, other = profile[0], next(base for base in profile if base.n != profile[0].n or base.deff != profile[0].deff)
    model = make(cast, text="indicators:\n- code: a\n- code: b\n- code: c\n")
    for number, (at, base) in enumerate(((0, one), (1, one), (2, other)), start=1):
        model_parts.fill_in(
            actor=cast.actor("analyst"), model=model, at=at, finding=base.finding, band="", based_on=number, now=NOW
        )
    sources = [part(cast, model, code).source for code in "abc"]
    assert sources[0] == sources[1] != sources[2]


def test_only_a_figure_that_one_sees_fills_an_indicator(cast, profile):
    model = make(cast)
    for at, finding in ((at_of(cast, model, "drank"), 10**9), (0, profile[0].finding), (99, profile[0].finding)):
        with pytest.raises(NotFound):
            model_parts.fill_in(
                actor=cast.actor("analyst"), model=model, at=at, finding=finding, band="", based_on=1, now=NOW
            )
    assert grounds.release_titles(cast.actor("stranger")) == {}
    with pytest.raises(NotFound):
        grounds.baselines(cast.actor("stranger"), profile[0].release)


def test_a_practice_that_failed_somewhere_is_told_of(cast):
    from hashar.exchange.services.loading import load_shipped

    load_shipped(now=NOW)
    from hashar.exchange.queries.shipped import shipped_practice_facts

    bad = next(code for code, one in shipped_practice_facts().items() if one.ineffective)
    text = TEXT.replace("  - code: evenings\n", f"  - code: evenings\n    practice: {bad}\n")
    rules = [one.rule for one in look(cast, make(cast, text=text)).findings]
    assert "P02" in rules
    unknown = TEXT.replace("  - code: evenings\n", "  - code: evenings\n    practice: X99\n")
    assert [one.rule for one in look(cast, make(cast, text=unknown)).findings] == ["P01"]


def test_an_indicator_without_baseline_keeps_no_origin(cast):
    assert look(cast, make(cast, text="indicators:\n- code: a\n")).origins == {}
    assert isinstance(part(cast, make(cast), "drank"), Indicator)
