"""Where a profile's numbers come from."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata

import numpy as np

from hashar.assess.analysis.changes import POWER
from hashar.assess.analysis.factors import ACCEPTABLE, Scored
from hashar.assess.analysis.indicators import Study
from hashar.assess.contracts.profile import Provenance
from hashar.assess.contracts.table import Fingerprint

METHODS: Mapping[str, str] = {
    "survey.estimation": "Taylor linearisation in domains of the full design: Woodruff 1971; Särndal et al. 1992, 5.5",
    "survey.variance": "ultimate clusters, multistage: Särndal, Swensson & Wretman 1992, 4.3",
    "survey.intervals": "logit with t unless the parameter says otherwise: Korn & Graubard 1998, Surv. Methodol. 24",
    "survey.reliability": "NCHS presentation standards for proportions: Parker et al. 2017, Vital Health Stat 2(175)",
    "survey.contrasts": "difference of independent waves, variances and df added: Korn & Graubard 1999, 8.1",
    "survey.multiplicity": "Holm 1979, Scand. J. Statist. 6, 65–70, over all indicators and over all factors",
    "survey.power": "smallest detectable change of two waves: Fleiss, Levin & Paik 2003, eq. 4.14",
    "quality": "ESPAD, detailed methodology (EUDA); Kish 1992, J. Off. Statist. 8, 183–200",
    "scales": "person-mean scores; Cronbach 1951; McDonald 1999; one-factor maximum likelihood, Jöreskog 1967",
    "ranking": "additive score of standardised parts, simulated ranks: Goldstein & Spiegelhalter 1996, JRSS A 159",
    "disclosure": "complementary suppression by linear programs, attacker test: Fischetti & Salazar 2001",
}
"""What computed the numbers, and the paper it follows; part numbers are sections."""


@dataclass(frozen=True)
class Origin:
    """Who computes, when, from which codebook file, with which engine."""

    codebook: Fingerprint
    now: dt.datetime
    operator: str
    engine: str
    seed: str = ""
    """What the random numbers were started from."""


def seed_of(rng: np.random.Generator) -> str:
    """The seed of a generator, so that the draws can be made again; empty where the generator does not tell."""
    entropy = getattr(rng.bit_generator.seed_seq, "entropy", None)
    return "" if entropy is None else str(entropy)


def provenance(study: Study, scored: Sequence[Scored], *, files: Sequence[Fingerprint], origin: Origin) -> Provenance:
    """Fingerprints, methods, and every setting that had a say in the numbers."""
    return Provenance(
        sources=list(files),
        codebook=origin.codebook,
        version=metadata.version("hashar"),
        methods=METHODS,
        parameters=_parameters(study, origin) | _cuts(scored),
        computed_at=origin.now,
        operator=origin.operator,
    )


def _parameters(study: Study, origin: Origin) -> dict[str, str]:
    codebook = study.codebook
    design, priorities, disclosure = codebook.design, codebook.priorities, codebook.disclosure
    settings: dict[str, object] = {
        "design.weight": design.weight,
        "design.strata": ", ".join(design.strata),
        "design.clusters": ", ".join(design.clusters),
        "design.fpc": ", ".join(design.fpc),
        "design.nest": design.nest,
        "design.single_psu": design.single_psu,
        "interval": design.interval,
        "df": design.df,
        "level": design.level,
        "by": ", ".join(study.by),
        "waves": ", ".join(wave.name for wave in study.waves),
        "change.adjustment": "holm",
        "change.power": POWER,
        "scales.acceptable_omega": ACCEPTABLE,
        "disclosure.minimum_n": disclosure.minimum_n,
        "disclosure.minimum_count": disclosure.minimum_count,
        "disclosure.minimum_clusters": disclosure.minimum_clusters,
        "disclosure.hide_unreliable": disclosure.hide_unreliable,
        "priorities.top": priorities.top,
        "priorities.firm_at": priorities.firm_at,
        "priorities.draws": priorities.draws,
        "priorities.weights": f"level {priorities.level:g}, gap {priorities.gap:g}, trend {priorities.trend:g}, "
        f"changeability {priorities.changeability:g}",
        "priorities.seed": origin.seed,
        "engine": origin.engine,
    }
    rules = {f"quality.{rule.name}": f"{rule.kind}, {rule.action}" for rule in codebook.quality}
    return {name: str(value) for name, value in settings.items() if value != ""} | rules


def _cuts(scored: Sequence[Scored]) -> dict[str, str]:
    """Cut-points as they were used: one from the first wave depends on the files given."""
    return {f"cut.{one.scale.factor}": f"{one.scale.cut}, above {one.cut:g}" for one in scored}
