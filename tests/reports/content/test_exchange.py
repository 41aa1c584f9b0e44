"""Findings for other statistical systems: what is shown, what is not, and under which codes."""

import csv
import io
import json

import pytest

from hashar.assess.contracts.published import Figure, Published, Reliability, Suppression
from hashar.errors import UsageError
from hashar.reports.content.exchange import SDMX_COLUMNS, Observation, dhis2_values, period_of, sdmx_rows
from hashar.reports.exchange import dhis2_csv, dhis2_json, sdmx_csv


def figure(reliability=Reliability.RELIABLE, estimate=0.125, ci_low=0.1):
    return Figure(
        n=640,
        weighted_n=64000.0,
        estimate=estimate,
        se=0.0125,
        ci_low=ci_low,
        ci_high=0.15,
        df=30.0,
        deff=1.5,
        n_effective=426.7,
        reliability=reliability,
    )


def observation(published=None, *, wave="2019", group="", level="", place="KZ-75", indicator="alcohol"):
    return Observation(
        release=7,
        place=place,
        indicator=indicator,
        kind="prevalence",
        statistic="proportion",
        wave=wave,
        group=group,
        level=level,
        figure=published or Published(figure()),
    )


def hidden(reason):
    return observation(Published(None, reason))


def sdmx_row(each):
    return dict(zip(SDMX_COLUMNS, (column[0] for column in sdmx_rows([each]).values()), strict=True))


@pytest.mark.parametrize(
    ("wave", "frequency", "sdmx", "dhis2"),
    [
        ("2019", "A", "2019", "2019"),
        (" 2019 ", "A", "2019", "2019"),
        ("2019-S1", "S", "2019-S1", "2019S1"),
        ("2019Q3", "Q", "2019-Q3", "2019Q3"),
        ("2019-Q3", "Q", "2019-Q3", "2019Q3"),
        ("2019-04", "M", "2019-04", "201904"),
        ("2019-W7", "W", "2019-W07", "2019W7"),
        ("2019-04-30", "D", "2019-04-30", "20190430"),
    ],
)
def test_a_wave_is_a_period_in_the_words_of_each_system(wave, frequency, sdmx, dhis2):
    period = period_of(wave)
    assert (period.frequency, period.sdmx, period.dhis2) == (frequency, sdmx, dhis2)


@pytest.mark.parametrize(
    "wave", ["", "spring", "2019/20", "19", "2019-Q5", "2019-S3", "2019-13", "2019-00", "2019-W54"]
)
def test_a_wave_that_is_no_period_is_refused_with_the_remedy(wave):
    with pytest.raises(UsageError, match="period"):
        period_of(wave)


def test_the_caller_names_the_period_where_the_wave_does_not():
    assert sdmx_rows([observation(wave="spring")], "2019")["TIME_PERIOD"] == ["2019"]
    assert {value["period"] for value in dhis2_values([observation(wave="spring")], period="2019-Q2")} == {"2019Q2"}


def test_sdmx_begins_with_the_three_columns_of_the_format():
    reader = csv.reader(io.StringIO(sdmx_csv([observation()])))
    assert next(reader)[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert next(reader)[:3] == ["dataflow", "HASHAR:FINDINGS(1.0.0)", "I"]


def test_a_shown_figure_has_its_numbers_and_is_normal_and_free():
    row = sdmx_row(observation())
    assert (row["OBS_VALUE"], row["CI_LOW"], row["CI_HIGH"], row["SAMPLE_SIZE"]) == (0.125, 0.1, 0.15, 640)
    assert (row["OBS_STATUS"], row["CONF_STATUS"]) == ("A", "F")
    assert (row["REF_AREA"], row["BREAKDOWN"], row["LEVEL"]) == ("KZ-75", "_T", "_T")


def test_an_unreliable_figure_says_so():
    assert sdmx_row(observation(Published(figure(Reliability.UNRELIABLE))))["OBS_STATUS"] == "U"


@pytest.mark.parametrize(
    ("reason", "status", "confidentiality"),
    [
        (Suppression.SMALL_N, "Q", "A"),
        (Suppression.SMALL_COUNT, "Q", "A"),
        (Suppression.FEW_CLUSTERS, "Q", "A"),
        (Suppression.COMPLEMENTARY, "Q", "D"),
        (Suppression.UNRELIABLE, "Q", "F"),
        (Suppression.NOT_ASKED, "L", "F"),
    ],
)
def test_a_hidden_figure_stands_in_sdmx_without_any_number(reason, status, confidentiality):
    row = sdmx_row(hidden(reason))
    assert (row["OBS_STATUS"], row["CONF_STATUS"]) == (status, confidentiality)
    assert {row[name] for name in ("OBS_VALUE", "CI_LOW", "CI_HIGH", "STD_ERROR", "SAMPLE_SIZE")} == {None}


def test_every_reason_for_hiding_has_its_codes():
    for reason in Suppression:
        assert sdmx_row(hidden(reason))["OBS_STATUS"]


def test_a_release_of_no_territory_has_the_code_for_not_specified():
    assert sdmx_row(observation(place=""))["REF_AREA"] == "_X"


def test_dhis2_gets_the_estimate_its_limits_and_the_number_of_pupils():
    values = {value["dataElement"]: value["value"] for value in dhis2_values([observation()])}
    assert values == {
        "alcohol": "0.125",
        "alcohol_CI_LOW": "0.1",
        "alcohol_CI_HIGH": "0.15",
        "alcohol_N": "640",
    }


def test_dhis2_gets_nothing_of_a_hidden_figure():
    assert dhis2_values([hidden(Suppression.COMPLEMENTARY)]) == []


def test_a_number_that_is_not_defined_is_left_out_of_dhis2():
    endings = {value["dataElement"] for value in dhis2_values([observation(Published(figure(ci_low=float("nan"))))])}
    assert endings == {"alcohol", "alcohol_CI_HIGH", "alcohol_N"}


def test_a_breakdown_names_its_category_option_combination():
    combinations = {value.get("categoryOptionCombo") for value in dhis2_values([observation(group="sex", level="f")])}
    assert combinations == {"sex:f"}


def test_dhis2_needs_an_organisation_unit():
    with pytest.raises(UsageError, match="org_unit"):
        dhis2_values([observation(place="")])
    assert dhis2_values([observation(place="")], org_unit="OU_1")[0]["orgUnit"] == "OU_1"


def test_the_json_says_that_identifiers_are_codes():
    content = json.loads(dhis2_json([observation()], period=None, org_unit=None))
    assert content["dataElementIdScheme"] == content["orgUnitIdScheme"] == "CODE"
    assert content["dataValues"][0] == {
        "dataElement": "alcohol",
        "period": "2019",
        "orgUnit": "KZ-75",
        "value": "0.125",
    }


def test_the_csv_has_the_columns_of_dhis2_in_their_order():
    reader = csv.DictReader(io.StringIO(dhis2_csv([observation()], period=None, org_unit=None)))
    assert reader.fieldnames[:6] == [
        "dataelement",
        "period",
        "orgunit",
        "categoryoptioncombo",
        "attributeoptioncombo",
        "value",
    ]
    assert next(reader)["value"] == "0.125"


def test_a_negative_number_stays_a_number_and_a_formula_becomes_a_text():
    made = dhis2_csv([observation(Published(figure(estimate=-0.5)), indicator="=cmd()")], period=None, org_unit=None)
    row = next(csv.DictReader(io.StringIO(made)))
    assert (row["dataelement"], row["value"]) == ("'=cmd()", "-0.5")
    assert "'=cmd()" in sdmx_csv([observation(indicator="=cmd()")])
