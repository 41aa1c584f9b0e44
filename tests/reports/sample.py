"""A made-up profile of a made-up town: every kind of finding once, hidden values and awkward labels included."""

import datetime as dt
import math

from hashar.assess.contracts.profile import (
    Breakdown,
    FactorFinding,
    IndicatorFinding,
    MissingCount,
    Participation,
    PlaceQuality,
    Priorities,
    Priority,
    Profile,
    Provenance,
    QualityFlag,
    QualityReport,
    Release,
    Row,
    ScaleReliability,
    WavePoint,
)
from hashar.assess.contracts.published import Change, Figure, Published, Reliability, Suppression
from hashar.assess.contracts.table import Fingerprint, MissingKind

FORMULA = "=1+1"
"""A label that a spreadsheet would compute if it were not defused."""
MARKUP = "<script>alert(1)</script> & Sons"
"""A label that a browser would run if it were not escaped."""
LONG_RU = "Терпимость родителей к употреблению психоактивных веществ несовершеннолетними членами семьи"
LONG_KK = "Кәмелетке толмаған отбасы мүшелерінің психикаға белсенді әсер ететін заттарды пайдалануына төзімділік"


def shown(estimate, n=600, deff=1.8, reliability=None, df=38.0):
    se = math.sqrt(max(estimate * (1 - estimate), 1e-9) * deff / n)
    if reliability is None:
        reliability = Reliability.RELIABLE if n >= 60 else Reliability.REVIEW
    return Published(
        Figure(
            n=n,
            weighted_n=n * 41.7,
            estimate=estimate,
            se=se,
            ci_low=max(0.0, estimate - 2.02 * se),
            ci_high=min(1.0, estimate + 2.02 * se),
            df=df,
            deff=deff,
            n_effective=n / deff,
            reliability=reliability,
        )
    )


def hidden(reason=Suppression.SMALL_N):
    return Published(None, reason)


def change(earlier, later, *, shown_=True, detectable=0.045):
    difference = later - earlier
    se = 0.014
    return Published(
        Change(
            earlier="2021",
            later="2024",
            difference=difference,
            se=se,
            ci_low=difference - 2 * se,
            ci_high=difference + 2 * se,
            df=74.0,
            statistic=difference / se,
            p=0.0004 if shown_ else 0.31,
            p_adjusted=0.003 if shown_ else 0.62,
            detectable=detectable,
            shown=shown_,
        )
    )


def text(en, ru="", kk=""):
    return {key: value for key, value in {"en": en, "ru": ru, "kk": kk}.items() if value}


PLACES = [
    ("aksu", text("Aksu district", "Аксуский район", "Ақсу ауданы")),
    ("centre", text("City centre", "Центр города", "Қала орталығы")),
    ("east", text(MARKUP)),
    ("mill", text(FORMULA)),
    ("river", text("Riverside", "Прибрежный район", "Өзен жағасы")),
]
SEXES = [("girl", text("Girls", "Девочки", "Қыздар")), ("boy", text("Boys", "Мальчики", "Ұлдар"))]
GRADES = [(str(g), text(f"Grade {g}", f"{g} класс", f"{g} сынып")) for g in (8, 9, 10, 11)]
GROUPS = [
    ("sex", text("Sex", "Пол", "Жынысы"), SEXES),
    ("grade", text("Grade", "Класс", "Сынып"), GRADES),
    ("place", text("Place", "Место", "Орны"), PLACES),
]


def breakdowns(level, hide=()):
    result = []
    for group, label, levels in GROUPS:
        rows = []
        for i, (name, words) in enumerate(levels):
            share = min(0.98, max(0.002, level * (0.8 + 0.15 * i)))
            n = 1180 // len(levels) - 7 * i
            figure = shown(share, n=n)
            if name in hide:
                figure = hidden(hide[name])
            rows.append(Row(name, words, figure))
        result.append(Breakdown(group, label, rows))
    return result


def indicator(
    name, label, level, earlier=None, *, substance="", kind="prevalence", higher_is="worse", hide=(), sig=True
):
    waves = []
    if earlier is not None:
        middle = (level + earlier) / 2
        waves = [
            WavePoint("2018", text("2018"), shown(earlier + 0.01, n=1102)),
            WavePoint("2021", text("2021"), shown(middle, n=1150)),
        ]
    waves.append(WavePoint("2024", text("2024"), shown(level, n=1184)))
    return IndicatorFinding(
        name=name,
        label=label,
        question=text(f"Question asked for {name}?", f"Вопрос анкеты: {name}?"),
        kind=kind,
        substance=substance,
        statistic="proportion",
        unit={},
        higher_is=higher_is,
        columns={"2018": f"q{name}", "2021": f"q{name}", "2024": f"q{name}_24"},
        total=shown(level, n=1184),
        waves=waves,
        breakdowns=breakdowns(level, hide),
        change=None if earlier is None else change(earlier, level, shown_=sig),
        distribution=[],
        missing=[
            MissingCount(MissingKind.NO_ANSWER, Published(14), "missing"),
            MissingCount(MissingKind.DONT_KNOW, hidden(Suppression.SMALL_COUNT), "missing"),
        ],
    )


def indicators():
    few = {"mill": Suppression.SMALL_N, "river": Suppression.COMPLEMENTARY}
    mean = indicator("age", text("Age at first cigarette", "Возраст первой сигареты", "Алғашқы темекі жасы"), 0.5)
    age = Published(Figure(310, 9000.0, 12.8, 0.14, 12.5, 13.1, 36.0, 1.3, 240.0, Reliability.RELIABLE))
    return [
        indicator(
            "alcohol30",
            text("Alcohol in the last 30 days", "Алкоголь за последние 30 дней", "Соңғы 30 күнде алкоголь"),
            0.184,
            0.243,
            substance="alcohol",
        ),
        indicator(
            "vape30",
            text(
                "Electronic cigarettes in the last 30 days",
                "Электронные сигареты за последние 30 дней",
                "Соңғы 30 күнде электрондық темекі",
            ),
            0.127,
            0.088,
            substance="tobacco",
        ),
        indicator(
            "cigarettes30",
            text("Cigarettes in the last 30 days", "Сигареты за последние 30 дней", "Соңғы 30 күнде темекі"),
            0.061,
            0.069,
            substance="tobacco",
            sig=False,
        ),
        indicator(
            "cannabis30",
            text("Cannabis in the last 30 days", "Каннабис за последние 30 дней", "Соңғы 30 күнде каннабис"),
            0.021,
            0.027,
            substance="cannabis",
            hide=few,
            sig=False,
        ),
        indicator("pills", text(LONG_RU[:60], LONG_RU, LONG_KK), 0.034, substance="medicines"),
        indicator(
            "risk",
            text(
                "Sees great risk in regular use",
                "Видит большой риск в регулярном употреблении",
                "Тұрақты қолдануды қауіпті деп санайды",
            ),
            0.62,
            0.58,
            kind="attitude",
            higher_is="better",
        ),
        indicator(
            "easy",
            text("Cannabis is easy to get", "Каннабис легко достать", "Каннабисті табу оңай"),
            0.113,
            kind="availability",
        ),
        type(mean)(
            **{
                **{f: getattr(mean, f) for f in mean.__dataclass_fields__},
                "statistic": "mean",
                "unit": text("years", "лет", "жас"),
                "total": age,
                "waves": [WavePoint("2024", text("2024"), age)],
                "breakdowns": [],
                "higher_is": "better",
            }
        ),
    ]


FACTORS = [
    ("F-R1", "family", "risk", "Poor family management", "Слабые навыки воспитания и контроля в семье", 0.41, 0.36),
    ("F-R4", "family", "risk", "Parental attitudes favourable to drug use", LONG_RU, 0.33, None),
    ("C-R5", "community", "risk", "Perceived availability of drugs", "Воспринимаемая доступность ПАВ", 0.38, 0.44),
    ("S-R2", "school", "risk", "Low commitment to school", "Низкая привязанность к школе", 0.47, 0.46),
    ("P-R8", "peer_individual", "risk", "Friends' use of drugs", "Употребление ПАВ друзьями", 0.29, 0.31),
    ("F-P1", "family", "protective", "Family attachment", "Привязанность в семье", 0.58, 0.6),
    ("S-P1", "school", "protective", "School opportunities for involvement", "Возможности участия в школе", 0.52, None),
]


def factors():
    found = []
    for i, (code, domain, type_, en, ru, level, earlier) in enumerate(FACTORS):
        waves = [WavePoint("2021", text("2021"), shown(earlier, n=1150))] if earlier else []
        waves.append(WavePoint("2024", text("2024"), shown(level, n=1160)))
        found.append(
            FactorFinding(
                code=code,
                name=text(en, ru, LONG_KK if i == 1 else ""),
                definition=text("Rules are unclear and parents do not know where the child is.", "Правила неясны."),
                domain=domain,
                type=type_,
                items=[f"q{i}a", f"q{i}b", f"q{i}c"],
                cut_point=2.5,
                cut_source=("first_wave", "codebook", "norm")[i % 3],
                elevated=hidden(Suppression.FEW_CLUSTERS) if code == "P-R8" else shown(level, n=1160),
                mean_score=hidden(Suppression.FEW_CLUSTERS) if code == "P-R8" else shown(level, n=1160),
                reference=0.35 if i % 2 == 0 else None,
                reference_source=text("Norm sample of 2012", "Нормативная выборка 2012 года"),
                waves=waves if code != "P-R8" else [],
                breakdowns=breakdowns(level) if i < 2 else [],
                change=change(earlier, level, shown_=i == 2) if earlier and code != "P-R8" else None,
                reliability=[
                    ScaleReliability("kk", 420, 3, 0.72, 0.74, acceptable=True),
                    ScaleReliability("ru", 740, 3, 0.58, 0.61, acceptable=False),
                ],
                inferred=i % 2 == 0,
            )
        )
    return found


def priorities():
    rows = [
        ("S-R2", 0.83, 1, 0.97, 1, 2, True),
        ("F-R1", 0.79, 2, 0.93, 1, 3, True),
        ("C-R5", 0.61, 3, 0.58, 2, 5, False),
        ("F-R4", 0.57, 4, 0.41, 2, 5, False),
        ("S-P1", 0.2, 5, 0.02, 5, 6, False),
        ("F-P1", 0.12, 6, 0.0, 5, 6, False),
    ]
    names = {code: text(en, ru) for code, _, _, en, ru, _, _ in FACTORS}
    return Priorities(
        top=3,
        firm_at=0.8,
        draws=10_000,
        ranked=[
            Priority(code, names[code], score, rank, p, low, high, firm, 0.5, 0.2, None if code == "F-R4" else 0.1, 0.6)
            for code, score, rank, p, low, high, firm in rows
        ],
        left_out=[("P-R8", names["P-R8"])],
    )


def quality():
    return QualityReport(
        questionnaires=1213,
        used=1184,
        flags=[
            QualityFlag(
                "dummy",
                text("Claims a drug that does not exist", "Назван несуществующий наркотик"),
                Published(9),
                Published(0.0074),
                "exclude",
            ),
            QualityFlag(
                "inconsistent",
                text("Contradictory answers", "Противоречивые ответы"),
                Published(31),
                Published(0.0256),
                "report",
            ),
            QualityFlag(
                "half",
                text("Half empty", "Анкета наполовину пуста"),
                hidden(Suppression.SMALL_COUNT),
                hidden(Suppression.SMALL_COUNT),
                "exclude",
            ),
        ],
        by_place=[
            PlaceQuality(name, words, Published(240), [Published(2), Published(6), hidden(Suppression.SMALL_COUNT)])
            for name, words in PLACES
        ],
        participation=[
            Participation("schools", 24, Published(22), 22 / 24),
            Participation("classes", 60, Published(56), 56 / 60),
            Participation("pupils", None, Published(1213), None),
        ],
        strata=6,
        clusters=44,
        weight_cv=0.38,
    )


def sample_profile() -> Profile:
    return Profile(
        title=text(
            "School survey on health and substance use",
            "Школьный опрос о здоровье и употреблении ПАВ",
            "Денсаулық және ПБЗ қолдану туралы мектеп сауалнамасы",
        ),
        source=text("Made-up data for tests", "Вымышленные данные для проверки"),
        place=text("Sarykol", "Сарыкол", "Сарыкөл"),
        wave="2024",
        waves=["2018", "2021", "2024"],
        languages=["kk", "ru"],
        quality=quality(),
        indicators=indicators(),
        factors=factors(),
        priorities=priorities(),
        release=Release(
            cells=214,
            suppressed={
                Suppression.SMALL_N.value: 3,
                Suppression.COMPLEMENTARY.value: 2,
                Suppression.FEW_CLUSTERS.value: 1,
            },
            minimum_n=30,
            minimum_count=5,
            attacked=6,
            recovered=0,
        ),
        provenance=Provenance(
            sources=[
                Fingerprint(
                    "sarykol_2024.sav",
                    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    2_411_520,
                    1213,
                    118,
                ),
                Fingerprint(
                    "sarykol_2021.sav",
                    "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
                    2_120_004,
                    1160,
                    110,
                ),
            ],
            codebook=Fingerprint(
                "codebook.yaml", "fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13", 18_220, 0, 0
            ),
            version="0.1.0",
            methods={
                "proportion": "Binder (1983)",
                "interval.logit": "Korn & Graubard (1999)",
                "reliability": "NCHS 2-175 (2017)",
            },
            parameters={"interval": "logit", "df": "design", "level": "0.95", "single_psu": "fail", "seed": "20240901"},
            computed_at=dt.datetime(2024, 11, 22, 9, 30, tzinfo=dt.UTC),
            operator="national analyst",
        ),
    )
