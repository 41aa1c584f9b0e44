"""A made-up school survey with places, two languages and two waves, small enough to reason about."""

from pathlib import Path

import numpy as np

CODEBOOK = """
codebook: 1
language: en
title: {en: Oblast school survey}
source: {en: made up for tests}
place: {en: Oblast}
waves:
  - {name: "2020", files: ["*2020*"], language: ru}
  - {name: "2022", files: ["*2022*"], language: ru}
design: {weight: w, strata: [stratum], clusters: [school]}
missing:
  codes: {system: no_answer, 7: not_asked, 8: dont_know, 9: refused}
groups:
  - name: place
    label: {en: Place, ru: Место}
    role: place
    variable: place
    levels:
      - {name: north, codes: [1], label: {en: North}}
      - {name: south, codes: [2], label: {en: South}}
      - {name: hamlet, codes: [3], label: {en: Hamlet}}
      - {name: nowhere, codes: [4], label: {en: Nowhere}}
  - name: sex
    label: {en: Sex, ru: Пол}
    variable: sex
    levels: [{name: girl, codes: [1]}, {name: boy, codes: [2]}]
  - name: school
    role: school
    variable: school
    levels: [{name: first, codes: [101]}]
  - name: spoken
    role: language
    variable: lang
    levels: [{name: ru, codes: [1]}, {name: kk, codes: [2]}]
  - {name: club, variables: {"2020": old}, levels: [{name: member, codes: [1]}]}
indicators:
  - {name: alcohol, label: {en: Alcohol}, variable: alc, yes: [1], no: [2], missing: {counts_as: {dont_know: "no"}}}
  - name: smoking
    label: {en: Smoking}
    type: ordered
    variable: smk
    yes: [2, 3]
    no: [1]
    answers: {1: never, 2: sometimes, 3: daily}
  - {name: either, label: {en: Either}, of: [alcohol, smoking]}
  - {name: vape, label: {en: Vaping}, variables: {"2022": vape}, yes: [1], no: [2]}
  - {name: dropped, label: {en: Dropped}, variables: {"2020": old}, yes: [1], no: [2]}
  - {name: first_age, label: {en: First drink}, type: number, statistic: mean, variable: age1, higher_is: better}
scales:
  - factor: F-R1
    cut: first_wave
    cut_quantile: 0.6
    reference: 0.3
    items:
      - {variable: r1, points: {1: 0, 2: 1, 3: 2}}
      - {variable: r2, points: {1: 0, 2: 1, 3: 2}}
      - {variable: r3, points: {1: 0, 2: 1, 3: 2}}
  - factor: F-P1
    cut: codebook
    cut_value: 0
    items: [{variable: p1, points: {1: 1, 2: 0}}]
  - factor: S-R1
    cut: codebook
    cut_value: 0
    items: [{variables: {"2022": vape}, points: {1: 1, 2: 0}}]
  - {factor: S-R3, cut: codebook, cut_value: 0, items: [{variables: {"2020": old}, points: {1: 1, 2: 0}}]}
quality:
  - {name: relevin, kind: dummy_drug, items: [{variable: fake}], used: [1], action: exclude}
  - name: twisted
    kind: inconsistent
    items: [{variable: smk}, {variable: smk30}]
    never: [[1], []]
    use: [[], [2, 3]]
  - {name: too_young, kind: impossible, items: [{variable: age1}], low: 5, high: 18}
  - {name: all_drugs, kind: impossible, items: [{variable: fake}, {variable: alc}], used: [1], at_least: 2}
  - name: lined
    kind: straight_line
    items: [{variable: r1}, {variable: r2}, {variable: r3}]
    minimum_items: 3
    at: [3]
  - {name: any_line, kind: straight_line, items: [{variable: r1}, {variable: r2}, {variable: r3}], minimum_items: 3}
  - {name: half, kind: half_empty, items: [{variable: alc}, {variable: smk}, {variable: r1}]}
  - {name: new_only, kind: dummy_drug, items: [{variables: {"2020": old}}], used: [1]}
participation:
  - {stage: schools, sampled: {"2022": 60}, participating: {"2022": 50}}
  - {stage: classes, sampled: {}, participating: {"2022": 70}}
disclosure: {minimum_n: 20, minimum_count: 3}
priorities: {draws: 200, top: 1}
"""


def rows(seed=1, pupils=600, wave=2022):
    """Columns by name: pupils in 40 schools of two places, and ten in two schools of a hamlet."""
    rng = np.random.default_rng(seed)
    n = pupils + 10
    school = np.where(np.arange(n) < pupils, 101 + np.arange(n) % 40, 201 + np.arange(n) % 2)
    place = np.where(school >= 200, 3, 1 + (school % 2))
    risk = rng.normal(size=n)
    columns = {
        "w": rng.uniform(0.5, 2, n).round(3),
        "stratum": place,
        "school": school,
        "place": place,
        "sex": rng.integers(1, 3, n),
        "lang": np.where(rng.random(n) < 0.9, 1, 2),
        "alc": rng.choice([1, 2, 8, 9], n, p=[0.3, 0.6, 0.06, 0.04]),
        "smk": rng.choice([1, 2, 3], n, p=[0.7, 0.2, 0.1]),
        "age1": rng.integers(10, 16, n),
        "fake": np.where(np.arange(n) % 100 == 7, 1, 2),
        "p1": rng.integers(1, 3, n),
    }
    for item in ("r1", "r2", "r3"):
        columns[item] = np.clip(np.round(2 + risk + rng.normal(size=n) * 0.7), 1, 3).astype(int)
    columns["smk30"] = np.where(columns["smk"] == 1, 1, columns["smk"])
    columns["smk30"][:4] = 2
    columns["age1"][5] = 3
    if wave == 2022:
        columns["vape"] = np.where(place == 2, 7, rng.integers(1, 3, n))
    else:
        columns["old"] = rng.integers(1, 3, n)
    return columns


def write(folder: Path, wave=2022, columns=None, codebook=CODEBOOK):
    """The survey file and the codebook in ``folder``; returns both paths."""
    columns = rows(seed=wave, wave=wave) if columns is None else columns
    names = list(columns)
    lines = [",".join(names), *(",".join(str(v) for v in row) for row in zip(*columns.values(), strict=True))]
    file, book = folder / f"survey_{wave}.csv", folder / "codebook.yaml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    book.write_text(codebook, encoding="utf-8")
    return file, book
