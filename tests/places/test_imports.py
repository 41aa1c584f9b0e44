"""Importing territories and populations: checked first, written whole or not at all, undone whole."""

import datetime as dt
import io
import json

import pytest

from hashar.errors import Conflict, Forbidden, InputError, NotFound, TooLarge, UsageError
from hashar.people.models import AuditRow
from hashar.places import queries
from hashar.places.models import Boundary, Import, Population, SearchKey, Territory
from hashar.places.queries.imports import import_preview, imports
from hashar.places.services import imports as services
from hashar.places.services.keys import renew_keys
from hashar.places.services.loading import load_shipped
from tests.people.cast import make_territory

NOW = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db
DISTRICTS = """code,name_ru,name_kk,level
KZ-751110,Алмалинский район,Алмалы ауданы,
KZ-751210,Ауэзовский район,Әуезов ауданы,district
"""
PEOPLE = "code;year;sex;age;count\nKZ-75;2024;all;;2 228 000\nKZ-75;2024;f;12-17;95400\nAlmaty City;2024;M;65+;80000\n"


@pytest.fixture(autouse=True)
def few_places(cast):
    """The cast's territories and some more, named so that their names can be mistaken for each other."""
    known = {row.code: row for row in Territory.objects.all()}
    uzbekistan = make_territory("UZ", None, "country", {"en": "Uzbekistan"})
    rows = [
        make_territory("KZ-71", known["KZ"], "city", {"en": "Astana City"}),
        make_territory("KZ-19", known["KZ"], "region", {"en": "Almaty Region"}),
        make_territory("UZ-TK", uzbekistan, "city", {"en": "Tashkent City"}),
    ]
    known["KZ-75"].names = {"en": "Almaty City", "ru": "г. Алматы", "uz": "Olmaota shahri"}
    known["KZ-75"].unreviewed = ["uz", "tg"]
    known["KZ-75"].save()
    renew_keys([*known.values(), uzbekistan, *rows])


@pytest.fixture
def check(cast):
    def checked(content, *, who="official", organisation=None, kind="territories", name="file.csv", **more):
        body = content if isinstance(content, bytes) else content.encode()
        told = {"language": "ru", "parent": "KZ-75", "source": "City statistics 2024", "licence": "CC BY 4.0", **more}
        return services.check(
            actor=cast.actor(who),
            organisation=organisation or cast.centre,
            kind=kind,
            name=name,
            content=io.BytesIO(body),
            now=NOW,
            **told,
        )

    return checked


@pytest.fixture
def confirm(cast):
    return lambda preview, who="official": services.confirm(
        actor=cast.actor(who), import_id=preview.summary.id, now=NOW
    )


@pytest.fixture
def undo(cast):
    return lambda number, who="official": services.undo(actor=cast.actor(who), import_id=number, now=NOW)


def problems(preview):
    return [(problem.row, str(problem.error)) for problem in preview.problems]


def square(lon, lat, side=0.1):
    ring = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


def feature(code, name, geometry):
    return {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": geometry}


def test_a_check_writes_no_territory(check):
    before = Territory.objects.count()
    preview = check(DISTRICTS)
    assert preview.ready
    assert (preview.summary.new, preview.summary.changed, preview.summary.same) == (2, 0, 0)
    assert Territory.objects.count() == before


def test_confirmed_districts_lie_in_their_place_and_are_found(check, confirm):
    assert confirm(check(DISTRICTS)).state == "done"
    district = queries.territory("KZ-751110")
    assert (district.path, district.level, district.parent_code) == ("KZ/KZ-75/KZ-751110/", "district", "KZ-75")
    assert (district.source, district.licence) == ("City statistics 2024", "CC BY 4.0")
    assert queries.search("алмалы")[0].code == "KZ-751110"
    assert queries.search("Auezov")[0].code == "KZ-751210"


def test_importing_the_same_file_again_doubles_nothing(check, confirm):
    confirm(check(DISTRICTS))
    again = check(DISTRICTS)
    assert (again.summary.new, again.summary.changed, again.summary.same) == (0, 0, 2)
    assert not again.ready


def test_a_second_import_changes_names_and_keeps_those_it_does_not_tell(check, confirm):
    confirm(check(DISTRICTS))
    preview = check("code,name_ru\nKZ-751110,Алмалинский р-н\n")
    assert preview.summary.changed == 1
    confirm(preview)
    assert queries.territory("KZ-751110").names == {"ru": "Алмалинский р-н", "kk": "Алмалы ауданы"}


def test_a_name_from_a_person_is_no_longer_unreviewed(check, confirm):
    name = queries.territory("KZ-75").names["uz"]
    confirm(check(f"code,name_uz\nKZ-75,{name}\n", parent=""))
    assert "uz" not in queries.territory("KZ-75").unreviewed


def test_undo_puts_everything_back(check, confirm, undo):
    before = list(Territory.objects.order_by("code").values())
    keys = SearchKey.objects.count()
    done = confirm(check(DISTRICTS + "KZ-75,Алма-Ата город,,\n", parent="KZ-75"))
    assert undo(done.id).state == "undone"
    assert list(Territory.objects.order_by("code").values()) == before
    assert SearchKey.objects.count() == keys


def test_undo_waits_for_a_later_import_of_the_same_places(check, confirm, undo):
    first = confirm(check(DISTRICTS))
    second = confirm(check("code,name_ru\nKZ-751110,Другое имя\n"))
    with pytest.raises(Conflict, match="A later import changed the same places"):
        undo(first.id)
    undo(second.id)
    undo(first.id)
    assert not Territory.objects.filter(code="KZ-751110").exists()


def test_undo_is_refused_when_something_lies_in_a_place_by_now(check, confirm, undo):
    first = confirm(check(DISTRICTS))
    confirm(check("code,name_ru,parent\nKZ-751110-A,Микрорайон,KZ-751110\n", source="Other"))
    with pytest.raises(Conflict, match="is used by now"):
        undo(first.id)
    assert Territory.objects.filter(code="KZ-751110").exists()


def test_undo_is_refused_when_a_place_has_population_by_now(check, confirm, undo):
    first = confirm(check(DISTRICTS))
    confirm(check("code,year,count\nKZ-751110,2024,200000\n", kind="population"))
    with pytest.raises(Conflict, match="has population figures by now"):
        undo(first.id)


def test_an_import_is_undone_once(check, confirm, undo):
    done = confirm(check(DISTRICTS))
    undo(done.id)
    with pytest.raises(Conflict, match="undone already"):
        undo(done.id)


def test_an_import_is_confirmed_once(check, confirm):
    preview = check(DISTRICTS)
    confirm(preview)
    with pytest.raises(Conflict, match="confirmed already"):
        confirm(preview)


def test_a_file_with_a_wrong_row_is_not_written_at_all(check, confirm):
    preview = check(DISTRICTS + "KZ-751310,,,\n")
    assert problems(preview) == [(4, "KZ-751310 has no name. Fill name_en, name_ru or the name in another language.")]
    with pytest.raises(Conflict):
        confirm(preview)
    assert not Territory.objects.filter(code__startswith="KZ-7511").exists()


def test_what_changed_between_check_and_confirm_is_noticed(check, confirm):
    preview = check("code,name_ru,parent\nKZ-751110-A,Микрорайон,KZ-751110\n" + "KZ-751110,Алмалинский,KZ-75\n")
    other = check("code,name_ru,parent\nKZ-751110,Алмалинский,KZ-751310\nKZ-751310,Бостандыкский,KZ-75\n")
    confirm(other)
    with pytest.raises(Conflict, match="Something changed since"):
        confirm(preview)


@pytest.mark.parametrize(
    ("text", "row", "sentence"),
    [
        ("code,name\nKZ-1,А\nKZ-1,Б\n", 3, "The code KZ-1 stands in row 2 already."),
        ("code,name\n,А\n", 2, "The column “code” is empty"),
        ("name\nА\n", 2, "The column “code” is empty"),
        ("code,name,parent\nKZ-1,А,KZ-999\n", 2, "The parent “KZ-999” is neither on this site nor in this file"),
        ("code,name,parent\nKZ-1,А,KZ-2\nKZ-2,Б,KZ-1\n", 2, "KZ-1 lies in itself"),
        ("code,name,parent\nUZ-1,А,UZ-TK\n", 2, "UZ-1 lies outside the territory of your organisation"),
        ("code,name,parent\nKZ-75,А,KZ-71\n", 2, "An import does not move places"),
        ("code,name,lon,lat\nKZ-1,А,200,43\n", 2, "are not a longitude"),
        ("code,name,lon,lat\nKZ-1,А,абв,43\n", 2, "are not a longitude"),
        ("code,name,level\nKZ-1,А,galaxy\n", 2, "The level “galaxy” is not known"),
        ("code,name,since\nKZ-1,А,31.02.2024\n", 2, "“31.02.2024” is not a day"),
        ("code,name\nKZ-1,=HYPERLINK(1)\n", 2, "cannot be the name of a place"),
        ("code,name\nKZ-1,<b>А</b>\n", 2, "cannot be the name of a place"),
        ("code,name\nK!,А\n", 2, "cannot be a code"),
        ("code,name\nKZ-ABCDEFGHIJKLMNOPQRSTUV,А\n", 2, "cannot be a code"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_row(check, text, row, sentence):
    preview = check(text)
    assert preview.problem_count >= 1
    found = dict(problems(preview))
    assert sentence in found[row]
    assert not preview.ready


def test_without_parent_column_and_parent_a_new_place_is_nowhere(check):
    assert "does not say where KZ-1 lies" in problems(check("code,name\nKZ-1,А\n", parent=""))[0][1]


def test_a_country_cannot_be_imported_over(check):
    assert "cannot be a code" in problems(check("code,name_en\nKZ,Elsewhere\n", parent=""))[0][1]


def test_too_many_levels_are_refused(check):
    rows = "".join(f"KZ-{'A' * 14}{n},Имя,{'KZ-75' if n == 0 else 'KZ-' + 'A' * 14 + str(n - 1)}\n" for n in range(8))
    assert "lies too deep" in problems(check("code,name,parent\n" + rows))[-1][1]


def test_national_codes_get_their_country_and_are_kept(check, confirm):
    confirm(check("като;название\n751110000;Алмалинский район\n"))
    district = queries.territory("KZ-751110000")
    assert district.other_codes == {"KATO": "751110000"}
    assert queries.search("751110000")[0] == district


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_are_found_out(check, encoding, separator):
    text = "code,name\nKZ-751110,Алмалинский район\n".replace(",", separator)
    preview = check(text.encode(encoding))
    assert preview.ready
    assert preview.rows[0].values["names"] == {"ru": "Алмалинский район"}


def test_the_line_sep_of_excel_is_understood_and_rows_are_counted_as_there(check):
    preview = check("sep=;\ncode;name\nKZ-1;А\nKZ-1;Б\n")
    assert problems(preview)[0][0] == 4


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "has no rows under its header"),
        (b"code,name\n", "has no rows under its header"),
        (b"code,code\nKZ-1,KZ-2\n", "two columns called"),
        (b'code,name\nKZ-1,"open\n', "a quotation mark is not closed"),
        (b"code,name\nKZ-1,a,b,c\n", "more cells than columns"),
        (b"code,name\nKZ-1," + b"x" * 3000 + b"\n", "has more than 2000 letters"),
        (b"PK\x03\x04 something", "is a workbook"),
        (b"code\x00\x01\x02,name\nKZ-1,a\n", "is not a text file"),
        (b"code,name\nKZ-1,\x98\xff\n", "cannot be read"),
        (b"{not json", "cannot be read as GeoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "is not a GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": [1]}', "is not a GeoJSON feature"),
        (b'{"type": "FeatureCollection", "features": [{"properties": [1]}]}', "is not a GeoJSON feature"),
        (b"{" + b'"a":[' * 100_000, "cannot be read as GeoJSON"),
        (b'{"features": [{"properties": {"a": NaN}}]}', "cannot be read as GeoJSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(check, body, sentence):
    with pytest.raises(InputError) as refused:
        check(body)
    assert sentence in str(refused.value)
    assert Import.objects.count() == 0


def test_files_that_are_too_large_are_refused(check):
    with pytest.raises(TooLarge, match="larger than 5 MB"):
        check(b"code,name\n" + b"KZ-1,abc\n" * 700_000)
    with pytest.raises(TooLarge, match="more than 20000 rows"):
        check(b"code,name\n" + b"KZ-1,a\n" * 20_001)
    with pytest.raises(TooLarge, match="larger than 20 MB"):
        check(b"{" + b" " * 20_000_001, name="a.geojson")
    with pytest.raises(TooLarge, match="more than 5000 features"):
        check(collection(*[{}] * 5_001))


def test_metres_are_not_degrees(check):
    with pytest.raises(InputError, match="not in degrees"):
        check(collection(feature("KZ-1", "А", None), crs={"properties": {"name": "EPSG:3857"}}))


def test_geojson_brings_boundaries_and_their_middle(check, confirm, undo):
    done = confirm(check(collection(feature("KZ-751110", "Алмалинский район", square(76.9, 43.2))), name="a.geojson"))
    place = queries.territory("KZ-751110")
    assert (place.lon, place.lat) == (76.95, 43.25)
    found = queries.outlines(["KZ-751110", "KZ-75"])
    assert [outline.code for outline in found.outlines] == ["KZ-751110", "KZ-75"]
    assert found.attributions == ("City statistics 2024, CC BY 4.0", "© OCHA, geokz (COD-AB 2024), CC BY 4.0")
    undo(done.id)
    assert Boundary.objects.count() == 0


def test_undo_brings_an_older_boundary_back(check, confirm, undo):
    confirm(check(collection(feature("KZ-751110", "Алмалы", square(76.9, 43.2)))))
    old = Boundary.objects.get().geometry
    later = confirm(check(collection(feature("KZ-751110", "Алмалы", square(76.8, 43.1)))))
    assert Boundary.objects.get().geometry != old
    undo(later.id)
    assert Boundary.objects.get().geometry == old


def test_the_id_of_a_feature_is_its_code_when_no_property_is(check):
    one = {"type": "Feature", "id": "KZ-751110", "properties": {"name:ru": "Алмалы", "shown": True}, "geometry": None}
    assert check(collection(one)).rows[0].label == "KZ-751110"


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        ({"type": "Point", "coordinates": [1, 2]}, "The geometry is Point"),
        ({"type": "Polygon"}, "is not nested"),
        ({"type": "Polygon", "coordinates": []}, "is not nested"),
        ({"type": "Polygon", "coordinates": [[]]}, "is not nested"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}, "is not nested"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}, "fewer than three points"),
        ({"type": "Polygon", "coordinates": [[[8e6, 5e6], [8e6, 6e6], [9e6, 6e6], [8e6, 5e6]]]}, "is not on the earth"),
        ({"type": "Polygon", "coordinates": [[[1, 1]] * 5]}, "has no area"),
        ("everywhere", "The geometry is empty"),
    ],
)
def test_what_is_no_boundary_is_a_problem_of_its_row(check, geometry, sentence):
    preview = check(collection(feature("KZ-1", "А", square(76.9, 43.2)), feature("KZ-2", "Б", geometry)))
    assert [row for row, _ in problems(preview)] == [2]
    assert sentence in problems(preview)[0][1]


def test_population_is_read_with_names_ages_and_spaces(check, confirm):
    preview = check(PEOPLE, kind="population", parent="")
    assert preview.ready, problems(preview)
    confirm(preview)
    assert queries.population("KZ-75", 2024).count == 2_228_000
    assert queries.population("KZ-75", 2024, "female", (12, 17)).count == 95_400
    assert queries.population("KZ-75", 2024, "male", (65, None)).count == 80_000
    assert queries.population("KZ-75", 2024).source.title == "City statistics 2024"


def test_population_of_ones_own_comes_before_the_shipped(check, confirm):
    load_shipped(now=NOW)
    confirm(check("code,year,count\nKZ-75,2023,2000000\n", kind="population"))
    assert queries.population("KZ-75", 2023).count == 2_000_000
    assert len([one for one in queries.populations("KZ-75") if one.year == 2023 and one.sex == "all"]) == 3


def test_population_again_doubles_nothing_and_undo_brings_the_older_back(check, confirm, undo):
    first = confirm(check(PEOPLE, kind="population"))
    assert not check(PEOPLE, kind="population").ready
    second = confirm(check(PEOPLE.replace("95400", "95401"), kind="population"))
    assert (second.new, second.changed, second.same) == (0, 1, 2)
    with pytest.raises(Conflict, match="later import"):
        undo(first.id)
    undo(second.id)
    assert queries.population("KZ-75", 2024, "female", (12, 17)).count == 95_400
    undo(first.id)
    assert not Population.objects.filter(imported__isnull=False).exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("KZ-75,1023,,,5", "is not a year"),
        ("KZ-75,2027,,,5", "is not a year"),
        ("KZ-75,abcd,,,5", "is not a year"),
        ("KZ-75,2024,x,,5", "The sex “x” is not known"),
        ("KZ-75,2024,,17-12,5", "are not ages"),
        ("KZ-75,2024,,12-200,5", "are not ages"),
        ("KZ-75,2024,,young,5", "are not ages"),
        ("KZ-75,2024,,,-5", "is not a number of people"),
        ("KZ-75,2024,,,1.5", "is not a number of people"),
        ("KZ-75,2024,,,1.000", "is not a number of people"),
        ("KZ-75,2024,,,99999999999", "is not a number of people"),
        ("Nowhere,2024,,,5", "is no place of this site"),
        ("Almaty,2024,,,5", "is no place of this site, or more than one"),
        ("UZ-TK,2024,,,5", "lies outside the territory"),
        (",2024,,,5", "The column “code” is empty"),
    ],
)
def test_what_is_wrong_with_a_count_is_said(check, row, sentence):
    preview = check(f"code,year,sex,age,count\n{row}\n", kind="population", parent="")
    assert sentence in problems(preview)[0][1]


def test_the_same_count_twice_in_a_file_names_the_first(check):
    preview = check("code,year,count\nKZ-75,2024,5\nKZ-75,2024,6\n", kind="population")
    assert problems(preview) == [(3, "The same place, year, sex and ages stand in row 2 already.")]


@pytest.mark.parametrize("who", ["reader", "colleague", "stranger", "manager", "operator"])
def test_who_has_no_right_in_the_organisation_imports_nothing_for_it(check, who):
    with pytest.raises(Forbidden):
        check(DISTRICTS, who=who)


def test_nobody_elses_import_is_seen_confirmed_or_undone(cast, check, confirm, undo):
    preview = check(DISTRICTS)
    for who in ("colleague", "stranger", "reader", "operator"):
        with pytest.raises(NotFound):
            import_preview(cast.actor(who), preview.summary.id)
        with pytest.raises(NotFound):
            confirm(preview, who)
    done = confirm(preview)
    with pytest.raises(NotFound):
        undo(done.id, "stranger")
    assert [one.id for one in imports(cast.actor("official"))] == [done.id]
    assert imports(cast.actor("stranger")) == ()


def test_an_access_token_imports_nothing(cast):
    import dataclasses

    from hashar.places import permissions

    actor = dataclasses.replace(cast.actor("official"), scopes=frozenset())
    assert not permissions.may_import(actor, cast.centre)


def test_what_is_missing_in_the_form_is_said(check):
    with pytest.raises(UsageError):
        check(DISTRICTS, kind="planets")
    with pytest.raises(UsageError):
        check(DISTRICTS, language="xx")
    with pytest.raises(UsageError, match="Say where the data come from"):
        check(DISTRICTS, source=" ")
    with pytest.raises(NotFound):
        check(DISTRICTS, parent="KZ-99")


def test_every_step_stands_in_the_audit_trail(cast, check, confirm, undo):
    done = confirm(check(DISTRICTS))
    undo(done.id)
    rows = AuditRow.objects.filter(subject=f"import:{done.id}").order_by("pk")
    assert [row.action for row in rows] == ["places.check", "places.import", "places.undo"]
    assert {row.organisation_id for row in rows} == {cast.centre}


def test_a_checked_file_that_nobody_confirmed_is_forgotten(check):
    old = check(DISTRICTS)
    Import.objects.filter(pk=old.summary.id).update(made_at=NOW - dt.timedelta(days=3))
    check(DISTRICTS)
    assert not Import.objects.filter(pk=old.summary.id).exists()


def test_the_name_of_a_file_cannot_lead_elsewhere(check):
    assert check(DISTRICTS, name="..\\..\\etc/passwd").summary.file_name == "passwd"
    assert check(DISTRICTS, name="").summary.file_name == "file"


def test_an_import_keeps_no_copy_of_the_rows_after_it_is_done(check, confirm):
    done = confirm(check(DISTRICTS))
    assert Import.objects.get(pk=done.id).rows == []


@pytest.mark.parametrize(
    ("cells", "band"),
    [("0-120", (0, 120)), ("12–17", (12, 17)), ("65+", (65, 150)), ("15", (15, 15)), ("all", (0, 150))],
)
def test_ages_are_read_from_one_cell(check, cells, band):
    preview = check(f"code,year,ages,count\nKZ-75,2024,{cells},5\n", kind="population")
    assert (preview.rows[0].values["age_from"], preview.rows[0].values["age_to"]) == band


@pytest.mark.parametrize(("first", "last", "band"), [("12", "17", (12, 17)), ("65", "", (65, 150)), ("", "4", (0, 4))])
def test_ages_are_read_from_two_cells(check, first, last, band):
    preview = check(f"code,year,age_from,age_to,count\nKZ-75,2024,{first},{last},5\n", kind="population")
    assert (preview.rows[0].values["age_from"], preview.rows[0].values["age_to"]) == band


def test_everything_a_row_can_say_is_kept(check, confirm):
    header = "code,parent,level,kind,name_ru,former_codes,since,until,longitude,latitude"
    confirm(
        check(f'{header}\nKZ-751110,Almaty City,город,town,Алмалы,"A-1; A-2",01.02.1993,2030-01-01,"76,9","43,2"\n')
    )
    row = Territory.objects.get(code="KZ-751110")
    assert (row.level, row.kind, row.former_codes) == ("city", "town", ["A-1", "A-2"])
    assert (row.since, row.until) == (dt.date(1993, 2, 1), dt.date(2030, 1, 1))
    assert (row.lon, row.lat) == (76.9, 43.2)
    again = check(f'{header}\nKZ-751110,KZ-75,город,town,Алмалы,"A-1; A-2",01.02.1993,2030-01-01,"76,9","43,2"\n')
    assert again.summary.same == 1


def test_blank_lines_are_passed_over_but_counted(check):
    assert [row.row for row in check("code,name\n\n,\nKZ-751110,Алмалы\n").rows] == [4]


def test_a_parent_in_the_file_gives_its_country_and_two_rows_may_name_one_place(check, confirm):
    text = "code,name,parent\n1110,Алмалы,Almaty City\n1210,Ауэзов,Almaty City\nA,Юго-запад,KZ-1210\n"
    confirm(check(text, parent=""))
    assert queries.territory("KZ-A").path == "KZ/KZ-75/KZ-1210/KZ-A/"


def test_a_boundary_with_too_many_points_is_refused(check):
    ring = [[76 + n / 1e6, 43 + (n % 2) / 10] for n in range(200_001)]
    preview = check(collection(feature("KZ-1", "А", {"type": "Polygon", "coordinates": [ring]})))
    assert "more than 200000 points" in problems(preview)[0][1]


def test_what_lies_directly_in_a_country_is_a_region(cast):
    from hashar.people.contracts import Actor, Mandate, Role

    mandate = Mandate(cast.ministry, "Ministry", Role.OFFICIAL, "KZ/")
    actor = Actor(person=cast.people["manager"], mandates=(mandate,))
    preview = services.check(
        actor=actor,
        organisation=cast.ministry,
        kind="territories",
        name="regions.csv",
        content=io.BytesIO("code,name\nKZ-99,Новая область\n".encode()),
        language="ru",
        parent="KZ",
        source="Decree",
        licence="",
        now=NOW,
    )
    assert preview.rows[0].values["level"] == "region"
    services.confirm(actor=actor, import_id=preview.summary.id, now=NOW)
    assert str(Territory.objects.get(code="KZ-99")) == "KZ-99"
