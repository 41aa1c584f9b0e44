"""Official plans: the list, a plan with its measures, its form as Word and Excel."""

        it = replace(it, measures=tuple(one for one in it.measures if _lacks(joined[one.id], said["missing"])))
    parts = [
        (t.pick(title), [one for one in it.measures if one.section == at])
        for at, title in ((None, {}), *enumerate(it.sections))
    ]
    content = {
        "it": it,
        "form": form,
        "parts_of": [(title, measures) for title, measures in parts if measures],
        "total": whole.summary.measures,
        "joined": joined,
        "words": PlanWords(t),
        "kinds": KINDS,
    }
    return render(request, "plan/plan.html", content)


def _lacks(joined: Participants, missing: str) -> bool:
    """Whether a measure lacks what was asked for; everything lacks nothing."""
    return not missing or (joined.lead is None if missing == "lead" else not joined.has_civil)


@require_GET
def document(request: Request, plan: int, edition: str, kind: str) -> HttpResponse:
    """The plan as its official form."""
    if kind not in KINDS:
        raise NotFound(N_("There is no such format. Go back and choose another."))
    found = queries.edition(request.actor, plan, edition)
    return as_file(plan_document(found, kind), TYPES[kind], f"{safe_name(found.title, 'plan')}.{edition}.{kind}")
