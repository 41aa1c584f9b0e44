"""Forms as a page offers them, and how they are sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form of a page: where it goes, and what it would send untouched."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    @property
    def shape(self):
        """Forms of one shape are one form, whichever row of a table they stand in."""
        return self.method, tuple(sorted(self.values)), tuple(self.files)


class Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self, page):
        super().__init__()
        self.page = page
        self.forms = []
        self._form = None
        self._select = None
        self._text = None

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if tag == "form":
            self._form = Form(known.get("action") or self.page, (known.get("method") or "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and known.get("name"):
            self._control(tag, known)
        elif tag == "option" and self._select and ("selected" in known or not self._form.values[self._select]):
            self._form.values[self._select] = known.get("value") or ""

    def _control(self, tag, known):
        name, kind = known["name"], known.get("type", "text")
        if tag == "select":
            self._select = name
            self._form.values[name] = ""
        elif tag == "textarea":
            self._text = name
            self._form.values[name] = ""
        elif tag == "input" and kind == "file":
            self._form.files.append(name)
        elif tag in ("input", "button") and (kind not in ("checkbox", "radio") or "checked" in known):
            self._form.values.setdefault(name, known.get("value") or "")

    def handle_data(self, data):
        if self._text:
            self._form.values[self._text] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None


def forms_of(page, text):
    """The forms of a page at the address ``page``."""
    reader = Reader(page)
    reader.feed(text)
    for form in reader.forms:
        form.values.pop("csrfmiddlewaretoken", None)
    return reader.forms
