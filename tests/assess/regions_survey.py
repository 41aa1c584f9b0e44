"""A made-up school survey by region of Kazakhstan: three regions have no part in it, one has too few pupils to show."""

import numpy as np

REGIONS = {
    10: ("abai", "KZ-10", "Abai Region", "Область Абай", 0.24),
    11: ("akmola", "KZ-11", "Akmola Region", "Акмолинская область", 0.2),
    15: ("aktobe", "KZ-15", "Aktobe Region", "Актюбинская область", 0.13),
    19: ("almaty_region", "KZ-ALM", "Almaty Region", "Алматинская область", 0.16),
    27: ("west", "KZ-27", "West Kazakhstan Region", "Западно-Казахстанская область", 0.18),
    31: ("zhambyl", "KZ-31", "Zhambyl Region", "Жамбылская область", 0.12),
    35: ("karagandy", "Карагандинская область", "Karagandy Region", "Карагандинская область", 0.27),
    39: ("kostanay", "KZ-39", "Kostanay Region", "Костанайская область", 0.31),
    43: ("kyzylorda", "KZ-43", "Kyzylorda Region", "Кызылординская область", 0.09),
    47: ("mangystau", "KZ-47", "Mangystau Region", "Мангистауская область", 0.11),
    55: ("pavlodar", "KZ-55", "Pavlodar Region", "Павлодарская область", 0.26),
    59: ("north", "KZ-59", "North Kazakhstan Region", "Северо-Казахстанская область", 0.3),
    61: ("turkistan", "KZ-61", "Turkistan Region", "Туркестанская область", 0.07),
    63: ("east", "KZ-63", "East Kazakhstan Region", "Восточно-Казахстанская область", 0.28),
    71: ("astana", "KZ-71", "Astana", "Астана", 0.22),
    75: ("almaty", "KZ-75", "Almaty", "Алматы", 0.21),
    79: ("shymkent", "KZ-79", "Shymkent", "Шымкент", 0.1),
}
"""Code in the file → name, what the codebook calls the territory, labels, true share."""
FEW = 27
PUPILS = 240

_LEVELS = "\n".join(
    f'      - {{name: {name}, codes: [{code}], label: {{en: "{en}", ru: "{ru}"}}, territory: "{territory}"}}'
    for code, (name, territory, en, ru, _) in REGIONS.items()
)
CODEBOOK = f"""
codebook: 1
language: en
title: {{en: Made-up survey by region, ru: Вымышленный опрос по регионам}}
source: {{en: made up for tests}}
place: {{en: Kazakhstan, ru: Казахстан}}
waves:
  - {{name: "2024", files: ["*2024*"], language: ru}}
design: {{weight: w, strata: [region], clusters: [school]}}
missing:
  codes: {{system: no_answer}}
groups:
  - name: region
    label: {{en: Region, ru: Область}}
    role: place
    variable: region
    levels:
{_LEVELS}
  - name: sex
    label: {{en: Sex, ru: Пол}}
    variable: sex
    levels: [{{name: girl, codes: [1], label: {{en: Girls}}}}, {{name: boy, codes: [2], label: {{en: Boys}}}}]
indicators:
  - {{name: alcohol, label: {{en: Alcohol in the last 30 days, ru: Алкоголь за последние 30 дней}}, variable: alc, yes: [1], no: [2]}}
  - {{name: cannabis, label: {{en: Cannabis in the last 30 days, ru: Каннабис за последние 30 дней}}, variable: can, yes: [1], no: [2]}}
  - {{name: first_age, label: {{en: Age at the first drink}}, type: number, statistic: mean, variable: age1, unit: {{en: years}}}}
scales:
  - {{factor: F-P1, cut: codebook, cut_value: 0, items: [{{variable: alc, points: {{1: 1, 2: 0}}}}]}}
disclosure: {{minimum_n: 30, minimum_count: 3}}
priorities: {{draws: 200, top: 1}}
"""  # noqa: E501  (one indicator a line)


def rows(seed=1):
    """Columns by name: twelve schools in each region."""
    rng = np.random.default_rng(seed)
    region = np.concatenate([np.full(12 if code == FEW else PUPILS, code) for code in REGIONS])
    n = region.size
    share = np.array([REGIONS[code][-1] for code in region.tolist()])
    return {
        "w": rng.uniform(0.7, 1.4, n).round(3),
        "region": region,
        "school": region * 100 + np.arange(n) % 12,
        "sex": rng.integers(1, 3, n),
        "alc": np.where(rng.random(n) < share, 1, 2),
        "can": np.where(rng.random(n) < 0.06, 1, 2),
        "age1": rng.integers(11, 16, n),
    }


def csv():
    """The survey as bytes of a CSV file."""
    columns = rows()
    lines = [",".join(columns), *(",".join(str(v) for v in row) for row in zip(*columns.values(), strict=True))]
    return ("\n".join(lines) + "\n").encode()


def make_release(cast, now):
    """A draft release of the survey on the site (shipped territories have to be there): survey, release."""
    from hashar.runs.queries import run
    from hashar.runs.services import work_once
    from tests.assess.site import make_survey

    survey = make_survey(cast, None, "Regions", now=now)
    file = survey.upload("regions_2024.csv", csv(), now=now)
    survey.save(CODEBOOK, now=now)
    asked = survey.ask(file.id, now=now)
    work_once(clock=lambda: now)
    done = run(asked.id)
    assert done.state == "done", done
    return survey, done.result["release"]
