import csv
import errno
import io
import json
import re
import zipfile

import pyarrow.parquet as pq
import pypdf
import pytest

from hashar.errors import OutputError, UsageError
from hashar.reports.services import FORMATS, SCHEMA, write_profile
from tests.reports.sample import FORMULA, sample_profile, shown


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "deep" / "er"
    steps = []
    paths = write_profile(
        sample_profile(),
        folder=folder,
        language="en",
        formats=FORMATS,
        progress=lambda step, done, whole: steps.append((step, done, whole)),
    )
    return paths, steps


def test_each_format_is_one_file_named_by_language(written):
    paths, _ = written
    assert [path.name for path in paths] == [f"profile.en.{kind}" for kind in FORMATS]
    assert all(path.stat().st_size > 1000 for path in paths)
    assert sorted(p.name for p in paths[0].parent.iterdir()) == sorted(path.name for path in paths)
    assert list(paths[0].parent.parent.iterdir()) == [paths[0].parent]


def test_progress_counts_the_files(written):
    _, steps = written
    assert [done for _, done, _ in steps] == list(range(len(FORMATS) + 1))
    assert steps[-1][0] == ""


def texts(path):
    """Everything a reader or a program could find in a file, compressed parts opened."""
    content = path.read_bytes()
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return "".join(file.read(name).decode("utf-8", "ignore") for name in file.namelist() if "media" not in name)
    if path.suffix == ".pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    if path.suffix == ".parquet":
        return json.dumps(pq.read_table(io.BytesIO(content)).to_pylist())
    return content.decode()


def test_hidden_numbers_are_in_no_file(written):
    """The release step leaves no value in a hidden record; no format may bring one back or show n beside the reason."""
    paths, _ = written
    lines = json.loads(paths[-1].read_text(encoding="utf-8"))["profile"]
    cannabis = next(item for item in lines["indicators"] if item["name"] == "cannabis30")
    place = next(b for b in cannabis["breakdowns"] if b["group"] == "place")
    rows = {row["level"]: row["figure"] for row in place["rows"]}
    assert rows["mill"] == {"suppressed": "small_n"}
    assert rows["river"] == {"suppressed": "complementary"}
    with paths[4].open(encoding="utf-8", newline="") as file:
        records = [row for row in csv.DictReader(file) if row["suppressed"]]
    assert records
    numbers = ("n", "weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff", "n_effective", "p", "detectable")
    assert all(row[name] == "" for row in records for name in numbers)
    table = pq.read_table(paths[5]).to_pylist()
    assert all(row[name] is None for row in table if row["suppressed"] for name in numbers)


def test_every_format_says_why_a_number_is_hidden(written):
    paths, _ = written
    for path in paths[:4]:
        assert "hidden: too few pupils answered" in re.sub(r"\s+", " ", texts(path)), path.name


def test_csv_labels_cannot_become_formulas(written):
    paths, _ = written
    with paths[4].open(encoding="utf-8", newline="") as file:
        labels = {row["level_label"] for row in csv.DictReader(file)}
    assert "'" + FORMULA in labels
    assert not [label for label in labels if label[:1] in ("=", "+", "-", "@")]


def test_parquet_keeps_texts_types_and_origin(written):
    paths, _ = written
    table = pq.read_table(paths[5])
    assert FORMULA in table.column("level_label").to_pylist()
    assert str(table.schema.field("estimate").type) == "double"
    assert str(table.schema.field("n").type) == "int64"
    assert b"hashar.version" in table.schema.metadata


def test_json_says_its_schema_and_keeps_every_language(written):
    paths, _ = written
    content = json.loads(paths[6].read_text(encoding="utf-8"))
    assert content["schema"] == SCHEMA
    assert content["profile"]["place"]["kk"] == "Сарыкөл"
    assert content["profile"]["provenance"]["computed_at"] == "2024-11-22T09:30:00+00:00"
    assert content["profile"]["indicators"][0]["missing"][0]["kind"] == "no_answer"


def test_no_text_format_holds_an_address_to_fetch(written):
    paths, _ = written
    assert "http:" not in texts(paths[0])
    assert "https:" not in texts(paths[0])


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(UsageError, match="odt"):
        write_profile(sample_profile(), folder=tmp_path / "out", language="en", formats=["csv", "odt"])
    assert not list(tmp_path.iterdir())


def test_a_format_asked_twice_is_written_once(tmp_path):
    paths = write_profile(sample_profile(), folder=tmp_path, language="tk", formats=["csv", "csv"])
    assert [path.name for path in paths] == ["profile.tk.csv"]


def test_a_disk_that_fills_up_leaves_nothing_half_written(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "profile.en.csv").write_text("before")

    def full(step, done, whole):
        if done == 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match="disk is full"):
        write_profile(sample_profile(), folder=folder, language="en", formats=["csv", "json"], progress=full)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["profile.en.csv"]
    assert (folder / "profile.en.csv").read_text() == "before"


def test_numbers_that_are_not_defined_are_null_in_json(tmp_path):
    profile = sample_profile()
    figure = shown(0.2, df=float("inf"))
    indicator = type(profile.indicators[0])(
        **{
            **{name: getattr(profile.indicators[0], name) for name in profile.indicators[0].__dataclass_fields__},
            "total": figure,
        }
    )
    changed = type(profile)(
        **{**{name: getattr(profile, name) for name in profile.__dataclass_fields__}, "indicators": [indicator]}
    )
    [path] = write_profile(changed, folder=tmp_path, language="en", formats=["json"])
    assert json.loads(path.read_text(encoding="utf-8"))["profile"]["indicators"][0]["total"]["value"]["df"] is None
