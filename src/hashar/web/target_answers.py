"""A target as it is typed, answered: from the fields of a form, or from one line of words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from hashar.errors import HasharError
from hashar.plan.contracts.logic_model import AnyElement, Indicator, LogicModel
from hashar.plan.contracts.stored_models import Baseline, ModelDetail, Origin
from hashar.plan.contracts.targets import Answered, TargetQuestion
from hashar.plan.queries import grounds
from hashar.plan.services.targets import answer_target
from hashar.web.request import Request


@dataclass(frozen=True)
class Told:
    """An answer, or the sentence why there is none."""

    answered: Answered | None
    problem: str = ""


def number(text: str) -> float | None:
    """A number as people of this language write it; None for nothing or nonsense."""
    plain = text.strip().rstrip("%").strip().replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        found = float(plain)
    except ValueError:
        return None
    return found if abs(found) < 1e12 else None  # also leaves out what is no number


def answered(
    request: Request,
    question: TargetQuestion,
    *,
    model: LogicModel | None = None,
    indicator: Indicator | None = None,
    profile: Sequence[Baseline] = (),
    base: Baseline | None = None,
) -> Told:
    """The answer, with a refusal as its sentence."""
    try:
        found = answer_target(question=question, model=model, indicator=indicator, profile=profile, base=base)
    except HasharError as error:
        return Told(None, request.translator.error(error))
    return Told(found)


def answer_of_form(
    request: Request, it: ModelDetail, whole: LogicModel, element: AnyElement | None, fields: QueryDict | None
) -> Told | None:
    """The answer to the target of an indicator's form; None while there is nothing to answer."""
    stands = element if isinstance(element, Indicator) else Indicator(code="")
    said = _said(stands, fields)
    baseline, target, source_code = said
    source = next((one for one in whole.sources if one.code == source_code), None)
    if baseline is None or target is None or source is None or source.n is None or source.kind != "survey":
        return None
    origin = it.origins.get(stands.code)
    profile, base = _profile(request, origin)
    measured = fields.getlist("measures") if fields is not None else stands.measures
    question = TargetQuestion(
        baseline=baseline, target=target, n=source.n, deff=source.deff, population=source.population
    )
    asked = Indicator(code=stands.code, measures=tuple(measured))
    return answered(request, question, model=whole, indicator=asked, profile=profile, base=base)


def _said(stands: Indicator, fields: QueryDict | None) -> tuple[float | None, float | None, str]:
    """Baseline, target and source of the form; of the part where nothing was sent."""
    if fields is None:
        return (stands.baseline, stands.target, stands.source) if stands.share else (None, None, "")
    if not fields.get("share"):
        return None, None, ""
    ends = [number(fields.get(name, "")) for name in ("baseline", "target")]
    shares = [None if end is None else end / 100 for end in ends]
    return shares[0], shares[1], fields.get("source", "")


def _profile(request: Request, origin: Origin | None) -> tuple[Sequence[Baseline], Baseline | None]:
    """The profile that the baseline was taken from, and its figure there."""
    if origin is None:
        return (), None
    for release in _release_of(request, origin):
        profile = grounds.baselines(request.actor, release)
        return profile, next((one for one in profile if one.finding == origin.finding), None)
    return (), None


def _release_of(request: Request, origin: Origin) -> Sequence[int]:
    found: Mapping[int, int] = grounds.releases_of(request.actor, [origin.finding])
    return tuple(found.values())
