"""What two waves of a survey can show."""

import math

from hashar.assess.contracts.estimates import Detectable, DetectableRequest
from hashar.methods.survey.power import TwoWaves, detectable_change, needed_n


def detectable(request: DetectableRequest) -> Detectable:
    """See :func:`hashar.assess.services.power.detectable`."""
    waves = TwoWaves(
        n=request.n, deff=request.deff, population=request.population, alpha=request.alpha, power=request.power
    )
    fall, rise = (float(detectable_change(waves, request.baseline, rise=up)) for up in (False, True))
    needed = None if request.change is None else math.ceil(float(needed_n(waves, request.baseline, request.change)))
    return Detectable(fall=None if math.isnan(fall) else fall, rise=None if math.isnan(rise) else rise, n_needed=needed)
