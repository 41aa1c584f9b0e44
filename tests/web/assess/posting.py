"""What a browser would send back of a form that nobody touched."""

from html.parser import HTMLParser


class Form(HTMLParser):
    """The fields of a page's main form with their present values, as (name, value) pairs."""

    def __init__(self, page, having="based_on"):
        super().__init__()
        self.forms = []
        self._fields = None
        self._select = self._area = None
        self.feed(page)
        self.fields = next(fields for fields in self.forms if any(name == having for name, _ in fields))

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self._fields = []
            self.forms.append(self._fields)
        elif self._fields is None:
            return
        elif tag == "input" and "name" in found:
            kind = found.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" not in found:
                return
            self._fields.append((found["name"], found.get("value", "on" if kind == "checkbox" else "")))
        elif tag == "select":
            self._select = [found["name"], None]
        elif tag == "option" and self._select is not None:
            if self._select[1] is None or "selected" in found:
                self._select[1] = found.get("value", "")
        elif tag == "textarea" and "name" in found:
            self._area = [found["name"], ""]

    def handle_data(self, data):
        if self._area is not None:
            self._area[1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._fields = None
        elif tag == "select" and self._select is not None:
            self._fields.append((self._select[0], self._select[1] or ""))
            self._select = None
        elif tag == "textarea" and self._area is not None:
            self._fields.append((self._area[0], self._area[1].removeprefix("\n")))
            self._area = None

    def sent(self, **changes):
        """What is sent, with some fields changed; None leaves one out."""
        found = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(value)
        found |= {name: [value] for name, value in changes.items()}
        found.pop("csrfmiddlewaretoken", None)
        return {name: values for name, values in found.items() if values != [None]}
