"""Write the SPSS and Stata files of these tests; run by hand where polars is installed (the writer needs it)."""

from pathlib import Path

import polars as pl
import pyreadstat

HERE = Path(__file__).parent
LABELS = {
    "id": "Нөмір",
    "q1": "Сіз темекі шегіп көрдіңіз бе?",
    "q2": "Соңғы 30 күнде неше күн?",
    "q3": "Тілі",
    "w": "Вес",
}
ANSWERS = {
    "q1": {1.0: "Иә", 2.0: "Жоқ", 8.0: "Білмеймін", 9.0: "Отказ"},
    "q2": {1.0: "0 күн", 2.0: "1–2 күн", 3.0: "3 күн және одан көп", 98.0: "Не знаю", -1.0: "Пропущено по переходу"},
    "sex": {1.0: "Қыз", 2.0: "Ұл"},
}


def school():
    """Twelve pupils, two strata, four classes; 8 and 9 are declared missing in q1, 90 to 99 and −1 in q2."""
    return pl.DataFrame(
        {
            "id": [float(n) for n in range(1, 13)],
            "stratum": [1.0] * 6 + [2.0] * 6,
            "psu": [1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 4.0, 4.0, 4.0],
            "w": [1.5, 2.25, 1.0, 1.0, 1.5, 2.0, 1.25, 1.0, 1.0, 3.5, 1.0, 1.0],
            "sex": [1.0, 2.0] * 6,
            "q1": [1.0, 2.0, 8.0, 9.0, None, 1.0, 2.0, 2.0, 2.0, 1.0, 2.0, 2.0],
            "q2": [2.0, 1.0, 98.0, 99.0, None, 3.0, 1.0, 1.0, -1.0, 2.0, 1.0, 1.0],
            "q3": ["қазақ", "орыс", "", "жоқ", "қазақ", "қазақ", "орыс", "орыс", "орыс", "қазақ", "орыс", "орыс"],
        }
    )


def main():
    """All files."""
    options = {"file_label": "Сауалнама 2024", "column_labels": LABELS, "variable_value_labels": ANSWERS}
    missing = {"q1": [8.0, 9.0], "q2": [{"lo": 90.0, "hi": 99.0}, -1.0], "q3": ["жоқ"]}
    pyreadstat.write_sav(school(), HERE / "school.sav", missing_ranges=missing, **options)
    pyreadstat.write_sav(school(), HERE / "school.zsav", missing_ranges=missing, compress=True, **options)
    tagged = pl.Series("q1", [1, 2, "a", "b", None, 1, 2, 2, 2, 1, 2, 2], dtype=pl.Object)
    pyreadstat.write_dta(
        school().with_columns(tagged).with_columns(pl.col("sex").cast(pl.Int32)),
        HERE / "school.dta",
        column_labels=LABELS,
        variable_value_labels={"sex": {1: "Қыз", 2: "Ұл"}},
        missing_user_values={"q1": ["a", "b"]},
    )
    many = {float(code): f"Мектеп {code}" for code in range(1000)}
    codes = pl.DataFrame({"school": [float(code) for code in range(1000)]})
    pyreadstat.write_sav(codes, HERE / "labels.zsav", compress=True, variable_value_labels={"school": many})
    nobody = {"q1": pl.Series([], dtype=pl.Float64)}
    pyreadstat.write_sav(pl.DataFrame(nobody), HERE / "nobody.sav")


if __name__ == "__main__":
    main()
