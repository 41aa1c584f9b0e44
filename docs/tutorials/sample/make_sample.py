"""Make the tutorial's survey files: an invented city, two waves. No answer in them is a real pupil's.

Run as ``python docs/tutorials/sample/make_sample.py`` to write ``sample-2024.sav`` and ``sample-2026.sav`` again.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

FOLDER = Path(__file__).parent
DONT_KNOW, REFUSED, NOT_ASKED = 97.0, 98.0, 99.0
PLACES = {1: "Алатауский", 2: "Прибрежный", 3: "Северный", 4: "Старый город", 5: "Заречный", 6: "Верхний"}
CLASSES_IN_SAMPLE = {1: 12, 2: 10, 3: 10, 4: 8, 5: 8, 6: 3}
CLASSES_IN_CITY = {1: 150, 2: 110, 3: 96, 4: 64, 5: 70, 6: 9}
FREQUENCY = {0.0: "ни разу", 1.0: "1–2 раза", 2.0: "3–5 раз", 3.0: "6–9 раз", 4.0: "10 раз и более"}
AGE = {0.0: "никогда", 9.0: "9 лет или раньше"} | {float(age): f"{age} лет" for age in range(10, 18)}
RISK = {1.0: "нет риска", 2.0: "небольшой риск", 3.0: "умеренный риск", 4.0: "большой риск"}
ACCESS = {1.0: "невозможно", 2.0: "очень трудно", 3.0: "трудно", 4.0: "легко", 5.0: "очень легко"}
AGREE = {1.0: "совсем не так", 2.0: "скорее не так", 3.0: "скорее так", 4.0: "именно так"}
MISSING = {DONT_KNOW: "не знаю", REFUSED: "отказ", NOT_ASKED: "не спрашивали"}

ITEMS = {
    "tob_life": ("Сколько раз в жизни вы курили сигареты?", FREQUENCY),
    "tob_30": ("Сколько раз за последние 30 дней вы курили сигареты?", FREQUENCY),
    "alc_life": ("Сколько раз в жизни вы пили алкоголь?", FREQUENCY),
    "alc_30": ("Сколько раз за последние 30 дней вы пили алкоголь?", FREQUENCY),
    "can_life": ("Сколько раз в жизни вы пробовали каннабис?", FREQUENCY),
    "rel_life": ("Сколько раз в жизни вы пробовали релевин?", FREQUENCY),
    "alc_age": ("Сколько лет вам было, когда вы впервые пили алкоголь?", AGE),
    "risk_1": ("Насколько рискуют люди, если курят каждый день?", RISK),
    "risk_2": ("Насколько рискуют люди, если напиваются каждые выходные?", RISK),
    "risk_3": ("Насколько рискуют люди, если пробуют каннабис?", RISK),
    "access": ("Легко ли вам было бы достать алкоголь?", ACCESS),
    "home_1": ("Родители знают, где я по вечерам", AGREE),
    "home_2": ("Родители знают, с кем я дружу", AGREE),
    "home_3": ("Дома есть ясные правила", AGREE),
    "bond_1": ("Мне нравится в школе", AGREE),
    "bond_2": ("Учителя замечают, когда я стараюсь", AGREE),
    "bond_3": ("Мне важно хорошо учиться", AGREE),
}


def classes(rng: np.random.Generator) -> pd.DataFrame:
    """One row a pupil: place (the stratum), class (the cluster), weight, sex, grade, language."""
    rows = []
    number = 0
    for place, sampled in CLASSES_IN_SAMPLE.items():
        for _ in range(sampled):
            number += 1
            grade = float(rng.integers(8, 11))
            language = float(1 + (rng.random() < 0.45))
            mood = rng.normal(0, 0.45)
            size = int(rng.integers(14, 27))
            rows += [(float(place), float(number), grade, language, mood, CLASSES_IN_CITY[place] / sampled)] * size
    frame = pd.DataFrame(rows, columns=["place", "class", "grade", "language", "mood", "weight"])
    frame["sex"] = np.where(rng.random(len(frame)) < 0.5, 1.0, 2.0)
    frame["weight"] = (frame["weight"] * rng.uniform(0.9, 1.25, len(frame))).round(4)
    return frame


def ordered(latent: np.ndarray, cuts: list[float], start: float = 1.0) -> np.ndarray:
    return start + np.searchsorted(np.array(cuts), latent).astype(float)


def answers(frame: pd.DataFrame, rng: np.random.Generator, year: int) -> pd.DataFrame:
    n = len(frame)
    care = rng.normal(0, 1, n) - frame["mood"].to_numpy() + (0.25 if year == 2026 else 0.0)
    use = -0.7 * care + 0.25 * (frame["grade"].to_numpy() - 9) + rng.normal(0, 0.8, n)
    noise = lambda spread=0.8: rng.normal(0, spread, n)  # noqa: E731  (one short draw, used many times)
    out = {}
    for name, start in (("tob", 0.9), ("alc", 0.2), ("can", 2.2)):
        life = ordered(use + noise(0.5), [start, start + 0.5, start + 0.9, start + 1.3], 0.0)
        out[f"{name}_life"] = life
        if name != "can":
            out[f"{name}_30"] = np.where(
                life > 0,
                np.minimum(life, ordered(use + noise(), [start + 0.5, start + 1, start + 1.5, start + 2], 0.0)),
                0.0,
            )
    out["rel_life"] = np.where(rng.random(n) < 0.006, 1.0, 0.0)
    out["alc_age"] = np.where(out["alc_life"] > 0, np.clip(np.round(13.5 + noise(1.4)), 9, frame["grade"] + 6), 0.0)
    for i in (1, 2, 3):
        out[f"risk_{i}"] = ordered(0.6 * care + noise(), [-1.6 + 0.2 * i, -0.7 + 0.2 * i, 0.2 + 0.2 * i])
        out[f"home_{i}"] = ordered(0.9 * care + noise(), [-1.7, -0.8, 0.4])
        out[f"bond_{i}"] = ordered(0.7 * care + noise(), [-1.5, -0.6, 0.7])
    out["access"] = ordered(0.5 * use + noise(1.0), [-1.4, -0.8, -0.1, 0.8])
    return pd.DataFrame(out)[list(ITEMS)]


def spoil(items: pd.DataFrame, frame: pd.DataFrame, rng: np.random.Generator, year: int) -> None:
    """What happens in every survey: gaps, refusals, contradictions, jokers, a place where an item was not asked."""
    n = len(items)
    for name in items:
        draw = rng.random(n)
        items.loc[draw < 0.015, name] = np.nan
        items.loc[(draw >= 0.015) & (draw < 0.022), name] = REFUSED
        if name.startswith(("risk", "access")):
            items.loc[(draw >= 0.022) & (draw < 0.06), name] = DONT_KNOW
    jokers = rng.choice(n, 6, replace=False)
    items.loc[jokers, ["tob_life", "tob_30", "alc_life", "alc_30", "can_life", "rel_life"]] = 4.0
    items.loc[rng.choice(n, 9, replace=False), "alc_life"] = 0.0
    items.loc[rng.choice(n, 7, replace=False), list(ITEMS)[6:]] = np.nan
    if year == 2024:
        items.loc[frame["place"] == 5, "can_life"] = NOT_ASKED


def write(year: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    frame = classes(rng)
    items = answers(frame, rng, year)
    spoil(items, frame, rng, year)
    table = pd.concat([frame.drop(columns="mood"), items], axis=1)
    labels = {"place": "Район", "class": "Класс (номер)", "grade": "Параллель", "language": "Язык анкеты",
              "weight": "Вес", "sex": "Пол"} | {name: text for name, (text, _) in ITEMS.items()}  # fmt: skip
    values = {"place": {float(k): v for k, v in PLACES.items()}, "sex": {1.0: "мальчик", 2.0: "девочка"},
              "language": {1.0: "русский", 2.0: "казахский"}}  # fmt: skip
    values |= {name: known | MISSING for name, (_, known) in ITEMS.items()}
    gaps = {name: [{"lo": DONT_KNOW, "hi": NOT_ASKED}] for name in ITEMS}
    pyreadstat.write_sav(
        table, str(FOLDER / f"sample-{year}.sav"), file_label=f"Invented survey {year}",
        column_labels=labels, variable_value_labels=values, missing_ranges=gaps, compress=True,
    )  # fmt: skip


if __name__ == "__main__":
    write(2024, 24)
    write(2026, 26)
