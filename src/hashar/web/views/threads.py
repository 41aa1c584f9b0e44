"""The thread of a measure: write, edit, remove."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from hashar.errors import Forbidden, NotFound
from hashar.i18n import N_
from hashar.plan.contracts.commitments import Audience, MeasurePage, Post
from hashar.plan.queries.commitments import measure_page
from hashar.plan.queries.finding import place_of_post
from hashar.plan.services import threads as services
from hashar.web.forms.commitments import PostEditForm, PostForm, ReasonForm
from hashar.web.request import Request, sent
from hashar.web.views.measures import saved, shown

FORM = "plan/measure_form.html"


@require_http_methods(["GET", "POST"])
def write(request: Request, plan: int, measure: int) -> HttpResponse:
    """Write in the thread."""
    it = measure_page(request.actor, plan, measure, today=request.now.date())
    if not it.writing:
        raise Forbidden(N_("Only members who do more than read write in the name of this organisation."))
    form = PostForm(it.writing, sent(request), member=it.member)

    def act() -> object:
        said = form.cleaned_data
        return services.write(
            actor=request.actor,
            plan=plan,
            measure=measure,
            organisation=said["organisation"],
            audience=Audience(said["audience"]),
            text=said["text"],
            now=request.now,
        )

    status = saved(request, form, act, N_("It stands in the thread."))
    if not status:
        return redirect("measure", plan, measure)
    return shown(request, FORM, it, {"form": form, "title": N_("Write in the thread")}, status)


@require_http_methods(["GET", "POST"])
def edit(request: Request, post: int) -> HttpResponse:
    """Put other words in one's post."""
    it, one = _post(request, post)
    if not one.may_edit:
        raise NotFound(N_("There is no such post. Look at the page of the measure."))
    form = PostEditForm(sent(request), initial={"text": one.text})

    def act() -> object:
        return services.edit(actor=request.actor, post=post, text=form.cleaned_data["text"], now=request.now)

    status = saved(request, form, act, N_("The post is changed."))
    if not status:
        return redirect("measure", it.plan, it.measure.id)
    return shown(request, FORM, it, {"form": form, "title": N_("Edit the post")}, status)


@require_http_methods(["GET", "POST"])
def remove(request: Request, post: int) -> HttpResponse:
    """Take the text of a post away, with a reason."""
    it, one = _post(request, post)
    if not one.may_remove:
        raise NotFound(N_("There is no such post. Look at the page of the measure."))
    form = ReasonForm(sent(request))

    def act() -> object:
        return services.remove(actor=request.actor, post=post, reason=form.cleaned_data["reason"], now=request.now)

    status = saved(request, form, act, N_("The text of the post is removed."))
    if not status:
        return redirect("measure", it.plan, it.measure.id)
    return shown(request, FORM, it, {"form": form, "title": N_("Remove the post"), "post": one}, status)


def _post(request: Request, post: int) -> tuple[MeasurePage, Post]:
    plan, measure = place_of_post(request.actor, post)
    it = measure_page(request.actor, plan, measure, today=request.now.date(), every_post=True)
    one = next((each for each in it.posts if each.id == post), None)
    if one is None:
        raise NotFound(N_("There is no such post. Look at the page of the measure."))
    return it, one
