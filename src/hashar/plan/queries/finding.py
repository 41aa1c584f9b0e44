"""One commitment or post by its id, with the measure it belongs to: rows for this app's services."""

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.plan.contracts.commitments import Audience
from hashar.plan.models import Commitment, Measure, MeasurePost
from hashar.plan.queries.commitments import commitment_rows, reads_members_posts, the_measure


def the_commitment(actor: Actor, commitment: int) -> tuple[Commitment, Measure]:
    """A commitment for a measure of a plan that the actor sees.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    missing = NotFound(N_("There is no such commitment. Look at the page of the measure."))
    rows = Commitment.objects.select_related("organisation", "measure")
    row = rows.filter(pk=commitment).first()
    if row is None:
        raise missing
    try:
        measure = the_measure(actor, row.measure.plan_id, row.measure_id)
    except NotFound:
        raise missing from None
    return row, measure


def place_of_commitment(actor: Actor, commitment: int) -> tuple[int, int]:
    """The plan and the measure of a commitment.

    Raises
    ------
    NotFound
        There is no such commitment for this actor.

    """
    row, measure = the_commitment(actor, commitment)
    return measure.plan_id, row.measure_id


def place_of_post(actor: Actor, post: int) -> tuple[int, int]:
    """The plan and the measure of a post.

    Raises
    ------
    NotFound
        There is no such post for this actor.

    """
    row, measure = the_post(actor, post)
    return measure.plan_id, row.measure_id


def the_post(actor: Actor, post: int) -> tuple[MeasurePost, Measure]:
    """A post that the actor may read.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    missing = NotFound(N_("There is no such post. Look at the page of the measure."))
    rows = MeasurePost.objects.select_related("measure")
    row = rows.filter(pk=post).first()
    if row is None:
        raise missing
    try:
        measure = the_measure(actor, row.measure.plan_id, row.measure_id)
    except NotFound:
        raise missing from None
    if row.audience == Audience.MEMBERS and not reads_members_posts(actor, measure, commitment_rows([measure.pk])):
        raise missing
    return row, measure
