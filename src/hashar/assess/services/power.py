"""What two waves of a survey can show, before a target is written."""

from hashar.assess.analysis import power
from hashar.assess.contracts.estimates import Detectable, DetectableRequest


def detectable(*, request: DetectableRequest) -> Detectable:
    """The smallest fall and rise of a share that two equal waves can show, and the size a wanted change needs.

    Shares and changes are 0–1, a fall is negative. Source: Fleiss, Levin & Paik (2003), *Statistical Methods for Rates
    and Proportions*, 3rd ed., eq. 4.14, with design effect and finite population.

    Raises
    ------
    UsageError
        A value outside its range.

    """
    return power.detectable(request)
