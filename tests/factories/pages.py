"""A page as a test sees it: its text, its links and its forms with what is filled in."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

_FORMS = re.compile(r"<form\b.*?</form\s*>|<form\b.*", re.DOTALL | re.IGNORECASE)


@dataclass
class PostedForm:
    """A form on a page: where it goes and the values it would send as it stands."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page:
    """HTML that is read once, when `text`, `links` (words → address) or `forms` is first asked for."""

    def __init__(self, html: str) -> None:
        self.html = html

    # Most pages are only passed through, and reading one takes longer than the application took to make it.
    @cached_property
    def _read(self) -> "_Reader":
        return _Reader(self.html)

    # Forms do not nest, and what is typed into one is escaped: so only they are read, a fraction of the page.
    @cached_property
    def forms(self) -> list[PostedForm]:
        return _Reader("".join(_FORMS.findall(self.html))).forms

    @property
    def links(self) -> dict[str, str]:
        return self._read.links

    @property
    def text(self) -> str:
        """The words a person sees, single-spaced."""
        return " ".join(" ".join(self._read.words).split())

    def form(self, action: str) -> PostedForm:
        """The form that goes to this address."""
        found = [each for each in self.forms if each.action == action]
        assert found, f"no form goes to {action}; there are {[each.action for each in self.forms]}"
        return found[0]


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PostedForm] = []
        self.links: dict[str, str] = {}
        self.words: list[str] = []
        self._link: tuple[str, list[str]] | None = None
        self._form: PostedForm | None = None
        self._area: tuple[str, list[str]] | None = None
        self._select: tuple[str, bool] | None = None
        self._skip = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        names = [name for name, _ in attrs]
        if tag in ("script", "style", "head"):
            self._skip += 1
        if tag == "form":
            self._form = PostedForm(values.get("action", ""), values.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in values:
            self._link = (values["href"], [])
        elif tag == "textarea":
            self._area = (values.get("name", ""), [])
        elif tag == "select":
            self._select = (values.get("name", ""), False)
        elif tag == "button" and self._form is not None and values.get("name"):
            self._form.buttons.append((values["name"], values.get("value", "")))
        elif tag == "option" and self._select and self._form is not None:
            name, chosen = self._select
            if "selected" in names or name not in self._form.fields:
                self._form.fields[name] = values.get("value", "")
                self._select = (name, chosen or "selected" in names)
        elif tag == "input" and self._form is not None and values.get("name"):
            self._input(values, names)

    def _input(self, values: dict[str, str], names: list[str]) -> None:
        assert self._form is not None
        kind, name = values.get("type", "text"), values["name"]
        if kind == "file":
            self._form.files.append(name)
        elif kind in ("checkbox", "radio"):
            if "checked" in names:
                self._put(name, values.get("value", "on"))
        elif kind not in ("submit", "button"):
            self._put(name, values.get("value", ""))

    def _put(self, name: str, value: str) -> None:
        assert self._form is not None
        if name in self._form.fields:
            self._form.lists.setdefault(name, [self._form.fields[name]]).append(value)
        else:
            self._form.fields[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head"):
            self._skip -= 1
        elif tag == "form":
            self._form = None
        elif tag == "a" and self._link:
            self.links[" ".join("".join(self._link[1]).split())] = self._link[0]
            self._link = None
        elif tag == "textarea" and self._area:
            name, words = self._area
            if self._form is not None and name:
                self._form.fields[name] = "".join(words).removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        if self._area is not None:
            self._area[1].append(data)
            return
        if self._link is not None:
            self._link[1].append(data)
        self.words.append(data)
