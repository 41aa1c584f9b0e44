"""The form of a responsible body as one HTML file: everything inside, nothing fetched, opened from any messenger.

Its answers live in one block of JSON, which is also the file that is saved and sent: a few kilobytes of text that
messengers and post offices pass on, where many of them refuse HTML.
"""

import base64
import hashlib
import json

import markupsafe

from hashar.implement.contracts.form_files import ANSWERS_MARK
from hashar.implement.contracts.progress import Field
from hashar.reports.content.progress_form import ProgressForm, form_file_name
from hashar.reports.render.blocks import environment


def render_form(document: ProgressForm) -> bytes:
    """``document`` as UTF-8 HTML."""
    templates = environment()
    style = templates.get_template("progress_form.css").render()
    script = templates.get_template("progress_form.js").render()
    period = document.form.period
    settings = {
        "words": dict(document.words),
        "key": document.form.key,
        "file": form_file_name(document.form, "-answers.json"),
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }
    page = templates.get_template("progress_form.html").render(
        document=document,
        fields=Field,
        style=markupsafe.Markup(style),  # noqa: S704  (our own style sheet; nothing of a user's is in it)
        script=markupsafe.Markup(script),  # noqa: S704  (our own script; nothing of a user's is in it)
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; "
        "form-action 'none'",
        answers=_json(_answers(document)),
        settings=_json(settings),
    )
    return page.encode()


def _answers(document: ProgressForm) -> dict[str, object]:
    """The answer file before anything is answered."""
    measures = [
        {"measure": line.asked.measure, "number": line.asked.number, "text": line.asked.text, "answers": {}}
        for line in document.lines
    ]
    return {"format": ANSWERS_MARK, **{str(fact): text for fact, text in document.keys.items()}, "measures": measures}


def _json(value: object) -> markupsafe.Markup:
    """JSON that can stand in a page: no tag begins in it."""
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return markupsafe.Markup(text)  # noqa: S704  (escaped above)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
