"""``hashar detectable``."""

import click

from hashar.assess.contracts.estimates import DetectableRequest
from hashar.cli.console import Console
from hashar.cli.translated import Option, TaughtCommand
from hashar.i18n import N_

PLAN = N_("The two waves")
TEST = N_("The test")


@click.command(
    cls=TaughtCommand,
    short_help=N_("Smallest change that two waves can show, and the size a wanted change needs."),
    help=N_(
        "Tells, before a target is signed, which change between two survey waves could be shown at all. "
        "Two waves of the same size are compared by a two-sided test."
    ),
    examples=[
        (
            "hashar detectable --baseline .05 --n 600 --deff 2",
            N_("5 % of 600 pupils in each wave, classes sampled as a whole (design effect 2):"),
        ),
        (
            "hashar detectable --baseline .05 --n 600 --deff 2 --change -.02",
            N_("How many pupils would it take to show a fall from 5 % to 3 %?"),
        ),
    ],
)
@click.option(
    "--baseline",
    cls=Option,
    type=float,
    required=True,
    section=PLAN,
    metavar="SHARE",
    help=N_("Share in the earlier wave, 0–1."),
)
@click.option(
    "--n",
    "n",
    cls=Option,
    type=click.IntRange(min=2),
    required=True,
    section=PLAN,
    metavar="N",
    help=N_("Answers in each wave."),
)
@click.option(
    "--deff",
    cls=Option,
    type=float,
    default=1.0,
    section=PLAN,
    metavar="D",
    help=N_("Design effect; whole classes usually give 1.5 to 3."),
)
@click.option(
    "--population",
    cls=Option,
    type=click.IntRange(min=2),
    section=PLAN,
    metavar="N",
    help=N_("People in the target group, when the sample is a large part of it."),
)
@click.option(
    "--change",
    cls=Option,
    type=float,
    section=TEST,
    metavar="CHANGE",
    help=N_("The change you want to show, a fall as -0.02; prints the n that it needs."),
)
@click.option(
    "--power",
    cls=Option,
    type=float,
    default=0.8,
    section=TEST,
    metavar="SHARE",
    help=N_("Probability of showing a change that is real."),
)
@click.option(
    "--alpha",
    cls=Option,
    type=float,
    default=0.05,
    section=TEST,
    metavar="SHARE",
    help=N_("Probability of claiming a change that is not there."),
)
@click.pass_obj
def detectable(
    console: Console,
    baseline: float,
    n: int,
    deff: float,
    population: int | None,
    change: float | None,
    power: float,
    alpha: float,
) -> None:
    """Print the smallest detectable fall and rise, one line each."""
    from hashar.assess.services.power import detectable as find  # noqa: PLC0415  (scipy: not needed for --help)

    answer = find(
        request=DetectableRequest(
            baseline=baseline, n=n, deff=deff, population=population, power=power, alpha=alpha, change=change
        )
    )
    lines = [_fall(console, baseline, answer.fall), _rise(console, baseline, answer.rise)]
    if change is not None and answer.n_needed is not None:
        lines.append(
            console.text(
                N_("To show the change from {baseline} to {target}: {n} answers in each wave."),
                baseline=console.translator.percent(baseline),
                target=console.translator.percent(baseline + change),
                n=console.translator.integer(answer.n_needed),
            )
        )
    console.result("\n".join(lines) + "\n")


def _fall(console: Console, baseline: float, change: float | None) -> str:
    if change is None:
        return console.text(N_("No fall can be shown, not even a fall to zero."))
    return console.text(
        N_("Smallest fall that can be shown: {points} percentage points (from {baseline} to {target})."),
        points=console.translator.decimal(100 * change, 1),
        baseline=console.translator.percent(baseline),
        target=console.translator.percent(baseline - change),
    )


def _rise(console: Console, baseline: float, change: float | None) -> str:
    if change is None:
        return console.text(N_("No rise can be shown, not even a rise to 100 %."))
    return console.text(
        N_("Smallest rise that can be shown: {points} percentage points (from {baseline} to {target})."),
        points=console.translator.decimal(100 * change, 1),
        baseline=console.translator.percent(baseline),
        target=console.translator.percent(baseline + change),
    )
