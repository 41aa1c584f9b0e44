"""A form of nothing but a word and a photo that may be sent later, for tests of the sending itself.

``ENTRIES`` holds what it took, by key; the word says what else happens (``REFUSED``, ``AWAY``).
"""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from hashar.config import urls as site
from hashar.errors import Conflict
from hashar.web.offline import opens_offline, takes_waiting

ENTRIES: dict[str, list[tuple[str, str, int]]] = {}
"""Key → who, the word, the bytes of the photo: one line for each time that it came."""
REFUSED, AWAY = "refused word", "word of a fault"
PAGE = """
{% extends "web/base.html" %}
{% import "implement/queue.html" as queue with context %}
{% block title %}Log a word{% endblock %}
{% block width %}narrow{% endblock %}
{% block main %}
{{ parts.page_head("Log a word") }}
{{ queue.words() }}
<form method="post" class="stack" enctype="multipart/form-data" data-queue data-name="Word" data-title="word">
{{ parts.csrf() }}<input type="hidden" name="key" value="00000000-0000-4000-8000-000000000000">
<div class="field"><label for="word">Word</label><input id="word" name="word"></div>
<div class="field"><label for="day">Day</label>
<input id="day" name="day" type="date" value="2020-01-01" max="2020-01-01" data-today></div>
<div class="field"><label for="sort">Sort</label>
<select id="sort" name="sort"><option>a</option><option>b</option></select></div>
<div class="field tick"><div class="tick-line"><input type="checkbox" id="sure" name="sure" value="yes">
<label for="sure">Sure</label></div></div>
<div class="field"><label for="photo">Photo</label><input id="photo" name="photo" type="file"></div>
{{ parts.button("Store") }}
</form>
{% endblock %}
"""


@takes_waiting
@opens_offline
def form(request):
    """Take an entry once for each key."""
    if request.method == "GET":
        return HttpResponse(engines.all()[0].from_string(PAGE).render({}, request))
    word = request.POST["word"]
    if word.startswith(REFUSED):
        raise Conflict("This word was taken by somebody else. Choose another one.")
    if word == AWAY:
        return HttpResponse("broken", status=500)
    photo = request.FILES.get("photo")
    ENTRIES.setdefault(request.POST["key"], []).append((request.actor.name, word, photo.size if photo else 0))
    return redirect("home")


urlpatterns = [*i18n_patterns(path("implement/word/", form, name="word")), *site.urlpatterns]
