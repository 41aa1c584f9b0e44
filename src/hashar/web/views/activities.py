"""Activities: the list, an entry in a minute, one activity, its changes."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from hashar.errors import Forbidden, HasharError
from hashar.http_status import status_of
from hashar.i18n import N_, Translator
from hashar.implement.contracts.activities import Draft
from hashar.implement.queries import activities as queries
from hashar.implement.queries.doubles import doubles
from hashar.implement.services import activities as services
from hashar.implement.services import photos
from hashar.people.permissions import require_signed_in
from hashar.reference.queries import strategies
from hashar.reports.content.activity_words import ages_word
from hashar.web.activity_choices import allow, fill
from hashar.web.activity_words import FIELDS, KEPT, SEXES, STATES, TONES
from hashar.web.forms.activities import ActivityForm, ListFilter, start
from hashar.web.offline import opens_offline, takes_waiting
from hashar.web.request import Request, page_number, sent
from hashar.web.texts import waiting


@require_GET
def activities(request: Request) -> HttpResponse:
    """Activities that the person may see."""
    require_signed_in(request.actor)
    organisations = dict(request.actor.organisations())
    form = ListFilter(organisations, request.GET or None)
    asked = form.asked()
    found = queries.activities(request.actor, page=page_number(request), **asked)
    homes = queries.defaults(request.actor).organisations
    measure = asked.get("measure")
    context = {
        "found": found,
        "form": form,
        "may_log": bool(homes),
        "served": None if measure is None else queries.measure_name(request.actor, measure),
        "doubles": len(doubles(request.actor, localdate(request.now))),
        "states": STATES,
        "tones": TONES,
        "ages": _ages(request.translator),
    }
    return render(request, "implement/activities.html", context)


def _ages(t: Translator) -> object:
    return lambda ages: ages_word(t, ages)


def sent_files(request: Request) -> Any:  # noqa: ANN401  (Django's own kind of dictionary)
    """Files of a form that was sent; None where the page is only looked at."""
    return request.FILES if request.method == "POST" else None


@require_GET
def photo(request: Request, activity: int) -> HttpResponse:
    """The photo of an activity, for the organisations concerned."""
    kind, content = photos.photo(request.actor, activity)
    response = HttpResponse(content, content_type=f"image/{kind}")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@require_http_methods(["GET", "POST"])
@takes_waiting
@opens_offline
def enter(request: Request) -> HttpResponse:
    """Enter an activity; the same entry sent twice is stored once, whatever ended in between."""
    again = _sent_again(request)
    if again is not None:
        messages.success(request, waiting(N_("The activity is entered.")))
        return redirect("activity", again)
    known = queries.defaults(request.actor, _number(request.GET.get("repeat", "")))
    if not known.organisations:
        raise Forbidden(N_("Only coordinators and officials of an organisation enter activities."))
    today = localdate(request.now)
    asked = _number(request.GET.get("measure", ""))
    like = known.draft or queries.last_choices(request.actor)
    initial = start(known.draft, today, whole=False) if known.draft else _usual(like, today, asked)
    form = ActivityForm(request.translator, known.organisations, sent(request), sent_files(request), initial=initial)
    near = [*(like.measures if like else ()), *([asked] if asked else [])]
    fill(form, request.actor, request.translator, near, today)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = services.log(
                actor=request.actor,
                key=form.cleaned_data["key"] or form["key"].initial,
                draft=form.draft(),
                photo=form.cleaned_data["photo"],
                now=request.now,
            )
        except HasharError as error:
            status = _refused(form, error, request.translator)
        else:
            messages.success(request, waiting(N_("The activity is entered.")))
            return redirect("activity", made)
    context = {"form": form, "recent": known.recent, "it": None, "repeated": known.draft is not None}
    context |= {"sexes": list(SEXES.values()), "groups": known.groups}
    return render(request, "implement/activity_form.html", context, status=status)


def _sent_again(request: Request) -> int | None:
    """The id of the entry that the form sends once more: its answer was lost."""
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    chosen = queries.chosen_before(request.actor, key)
    if chosen is None:
        return None
    form = ActivityForm(request.translator, {chosen.organisation: ""}, sent(request), sent_files(request))
    allow(form, chosen)
    if not form.is_valid():
        return None
    photo = form.cleaned_data["photo"]
    try:
        return services.entered_before(actor=request.actor, key=key, draft=form.draft(), photo=photo)
    except HasharError:  # a photo that cannot be: the form says so
        return None
    finally:
        if photo:
            photo.seek(0)


def _usual(like: Draft | None, today: dt.date, asked: int | None) -> dict[str, object]:
    """A new entry with the person's latest strategy, ages, organisation and measures."""
    begin = start(None, today, whole=False, near=[asked] if asked else [])
    if like is None:
        return begin
    same = start(like, today, whole=False)
    kept = {name: same[name] for name in ("organisation", "strategy", "ages", "territory")}
    return begin | kept | ({} if asked else {"measures": same["measures"]})


def _refused(form: ActivityForm, error: HasharError, t: Translator) -> int:
    for each in error.problems or [error]:
        form.add_error(None, t.error(each))
    return status_of(error)


@require_http_methods(["GET", "POST"])
def change(request: Request, activity: int) -> HttpResponse:
    """Change an entry."""
    it = queries.activity(request.actor, activity)
    if not it.may_change:
        raise Forbidden(N_("Only coordinators and officials of the organisation change its activities."))
    today = localdate(request.now)
    known = queries.defaults(request.actor)
    homes = known.organisations
    initial = start(it.draft, today, whole=True) | {"edition": it.edition}
    form = ActivityForm(request.translator, homes, sent(request), sent_files(request), initial=initial)
    fill(form, request.actor, request.translator, it.draft.measures, today)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.change(
                actor=request.actor,
                activity=activity,
                draft=form.draft(),
                based_on=form.cleaned_data["edition"] or 0,
                photo=form.cleaned_data["photo"],
                without_photo=form.cleaned_data["without_photo"],
                now=request.now,
            )
        except HasharError as error:
            status = _refused(form, error, request.translator)
        else:
            messages.success(request, waiting(N_("The activity is changed.")))
            return redirect("activity", activity)
    context = {"form": form, "recent": (), "it": it, "repeated": False, "groups": known.groups}
    context["sexes"] = list(SEXES.values())
    return render(request, "implement/activity_form.html", context, status=status)


@require_GET
def activity(request: Request, activity: int) -> HttpResponse:
    """One activity."""
    it = queries.activity(request.actor, activity)
    words = {"states": STATES, "tones": TONES, "kept": KEPT, "fields": FIELDS, "sexes": SEXES}
    known = strategies()[it.summary.strategy]
    context = {"it": it, "strategy": known, "ages": _ages(request.translator), **words}
    return render(request, "implement/activity.html", context)


@require_http_methods(["GET", "POST"])
def cancel(request: Request, activity: int) -> HttpResponse:
    """Ask once more; then cancel."""
    it = queries.activity(request.actor, activity)
    if not it.may_change:
        raise Forbidden(N_("Only coordinators and officials of the organisation change its activities."))
    if request.method == "POST":
        services.cancel(actor=request.actor, activity=activity, now=request.now)
        messages.success(request, waiting(N_("The activity is cancelled. It no longer counts.")))
        return redirect("activity", activity)
    return render(request, "implement/activity_cancel.html", {"it": it})
