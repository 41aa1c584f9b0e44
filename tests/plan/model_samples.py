"""Logic models of any size, with words as people write them; the same size gives the same model."""

import datetime as dt

from hashar.plan.contracts.logic_model import (
    Activity,
    Approach,
    Condition,
    Factor,
    Indicator,
    LogicModel,
    Problem,
    Side,
    Source,
    Strategy,
)

FACTORS = ("C-R1", "C-R4", "C-R5", "F-R1", "F-R2", "F-R3", "S-R1", "S-R2", "P-R1", "P-R5", "F-P1", "S-P1")
PROBLEMS = (
    "Каждый пятый школьник 15–16 лет пил алкоголь за последние 30 дней",
    "Растёт доля школьников, пробовавших никотиновые пакетики и вейпы",
    "30-дневное употребление каннабиса среди школьников 2 %",
)
CONDITIONS = (
    "Три киоска у школы № 5 продают алкоголь и вейпы без проверки документов",
    "Родители узнают о правилах школы только после нарушения",
    "После 15 часов в микрорайоне нет ни одного бесплатного кружка",
    "Двор за рынком не освещён, подростки собираются там по вечерам",
    "Классные руководители не обучены разговору о рискованном поведении",
    "Реклама никотиновых пакетиков в социальных сетях не отслеживается",
)
STRATEGIES = (
    "Контрольные закупки и ответственность продавцов",
    "Единые правила школ и семей",
    "Занятия для родителей «Сильные семьи»",
    "Освещение и камеры во дворах",
    "Бесплатные секции до 18 часов",
)
ACTIVITIES = (
    "Обучить 12 инспекторов контрольным закупкам",
    "Провести две волны закупок в 40 торговых точках",
    "Принять решение маслихата о расстоянии до школ",
    "Встречи с родителями 7–9 классов, 10 занятий",
    "Поставить 14 фонарей за рынком",
    "Открыть три секции в школе № 5",
    "Семинар для классных руководителей, 16 часов",
)
BODIES = ("Акимат", "Управление образования", "Полиция", "ОО «Келешек»", "Школа № 5")


def sample(nodes, seed=1):
    """A model of so many parts; every tenth link goes elsewhere, so that lines cross."""
    count = {name: max(1, round(nodes * share)) for name, share in SHARES.items()}
    count["activities"] = max(1, nodes - sum(count.values()))
    factors = [FACTORS[at] if at < len(FACTORS) else f"X-{at}" for at in range(count["factors"])]
    conditions = [f"c{at}" for at in range(count["conditions"])]
    strategies = [f"s{at}" for at in range(count["strategies"])]

    def some(codes, at, most):
        return tuple(dict.fromkeys(codes[(at * 7 + step * (3 + seed)) % len(codes)] for step in range(1 + at % most)))

    return LogicModel(
        title="Профилактика в городе: логическая модель",
        today=dt.date(2026, 11, 22),
        problems=tuple(
            Problem(code=f"p{at}", text=PROBLEMS[at % len(PROBLEMS)], because=some(factors, at, 4))
            for at in range(count["problems"])
        ),
        factors=tuple(Factor(code=code, because=some(conditions, at, 3)) for at, code in enumerate(factors)),
        conditions=tuple(
            Condition(code=code, text=CONDITIONS[at % len(CONDITIONS)]) for at, code in enumerate(conditions)
        ),
        strategies=tuple(
            Strategy(
                code=code,
                text=STRATEGIES[at % len(STRATEGIES)],
                addresses=some(conditions, at, 3),
                approach=list(Approach)[at % 7],
            )
            for at, code in enumerate(strategies)
        ),
        activities=tuple(
            Activity(
                code=f"a{at}",
                text=ACTIVITIES[at % len(ACTIVITIES)],
                strategy=strategies[at % len(strategies)],
                responsible=BODIES[at % len(BODIES)],
                side=Side.STATE if at % len(BODIES) < 3 else Side.CIVIL_SOCIETY,
                start=dt.date(2027, 1 + at % 6, 1),
                deadline=dt.date(2027, 7 + at % 6, 1),
                after=(f"a{at - 5}",) if at % 6 == 5 else (),
                hours=2.0,
            )
            for at in range(count["activities"])
        ),
        indicators=tuple(
            Indicator(
                code=f"i{at}",
                measures=(
                    ([f"p{n}" for n in range(count["problems"])] + factors + conditions)[
                        at % (count["problems"] + len(factors) + len(conditions))
                    ],
                ),
                source="survey",
                baseline=0.02 + 0.03 * (at % 9),
                baseline_date=dt.date(2026, 5, 1),
                target=0.01 + 0.02 * (at % 9),
                target_date=dt.date(2028, 6, 1),
            )
            for at in range(count["indicators"])
        ),
        sources=(
            Source(code="survey", dates=(dt.date(2026, 5, 1), dt.date(2028, 5, 1)), n=1200, deff=2.0, population=9000),
        ),
    )


SHARES = {"problems": 0.04, "factors": 0.12, "conditions": 0.2, "strategies": 0.12, "indicators": 0.2}


def circle(size):
    """So many activities that wait for each other in one circle, as a file."""
    return "activities:\n" + "".join(f"  - code: a{n}\n    after: [a{(n + 1) % size}]\n" for n in range(size))
