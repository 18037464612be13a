"""A form as it would be on paper: boxes to tick, blanks to fill in, lines to write on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "br", "hr", "meta", "link", "img"}
UNPRINTED = {"scripted", "unseen", "count", "fate"}
PRESSED = ("won", "even")
LINES = 3


@dataclass(frozen=True)
class Box:
    """Something to tick: what stands beside it, and what that means."""

    sign: str
    word: str = ""


@dataclass
class Row:
    """One thing to answer: its text, and how."""

    text: str = ""
    lang: str = ""
    label: str = ""
    boxes: list[Box] = field(default_factory=list)
    blank: bool = False
    lines: int = 0

    @property
    def answerable(self) -> bool:
        """Tell whether there is anything to tick or to fill in."""
        return bool(self.boxes or self.blank or self.lines)


@dataclass
class Node:
    """An element of a page."""

    tag: str
    given: dict[str, str]
    inside: list["Node | str"] = field(default_factory=list)

    def has(self, *names: str) -> bool:
        """Tell whether the element bears one of these class names."""
        return bool(set(names) & set(self.given.get("class", "").split()))

    def words(self) -> str:
        """Give the visible words in it."""
        return " ".join("".join(self._words()).split())

    def all(self, *tags: str) -> Iterator["Node"]:
        """Find the elements in it that are printed."""
        for child in self.inside:
            if isinstance(child, str) or child.has(*UNPRINTED):
                continue
            if child.tag in tags:
                yield child
            yield from child.all(*tags)

    def first(self, *names: str) -> "Node | None":
        """Find the first element in it with one of these class names."""
        return next((node for node in self.all("p", "span", "label", "legend") if node.has(*names)), None)

    def _words(self) -> Iterator[str]:
        for child in self.inside:
            if isinstance(child, str):
                yield child
            elif not child.has(*UNPRINTED):
                yield from child._words()


class Page(HTMLParser):
    """Reads a page into a tree."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take up words."""
        self.open[-1].inside.append(data)


def read(html: str) -> tuple[list[str], list[Row]]:
    """Read what a ballot's page asks: its instructions, and each thing to answer."""
    page = Page()
    page.feed(html)
    root = page.open[0]
    hints = [legend.words() for legend in root.all("legend")]
    return [hint for hint in hints if hint], list(_rows(root))


def _rows(root: Node) -> Iterator[Row]:
    pressed = [node for node in root.all("button") if node.given.get("name") in PRESSED]
    if pressed:
        yield Row(boxes=[Box(button.words()) for button in pressed])
    for node in root.all("div", "details", "textarea"):
        if node.tag == "textarea" and not _within(root, node):
            yield Row(text=_label(root, node), lines=LINES)
        elif node.has("row"):
            yield from _answers(node)
        elif node.has("own"):
            yield Row(text=_label(node, next(node.all("textarea"))), lines=LINES - 1, boxes=_menu(node))


def _within(root: Node, node: Node) -> bool:
    return any(node is other for own in root.all("div") if own.has("own") for other in own.all("textarea"))


def _label(root: Node, node: Node) -> str:
    names = [label for label in root.all("label") if label.given.get("for") == node.given.get("id")]
    return names[0].words() if names else ""


def _answers(row: Node) -> Iterator[Row]:
    named = row.first("text")
    asked, lang = (named.words(), named.given.get("lang", "")) if named else ("", "")
    scales = [*(node for node in row.all("div") if node.has("scale")), *row.all("select")]
    blank = any(node.has("rank", "sum") for node in row.all("select", "input"))
    if blank or not scales:
        ticks = [_box(label) for label in row.all("label") if any(label.all("input"))]
        yield Row(asked, lang, "", [Box("")] if [box.sign for box in ticks] == [asked] else ticks, blank)
        return
    for place, scale in enumerate(scales):
        boxes = [_box(label) for label in scale.all("label")] or _menu(scale)
        yield Row("" if place else asked, lang, _title(row, scale, asked), boxes)


def _title(row: Node, scale: Node, asked: str) -> str:
    if label := scale.given.get("aria-label"):
        return label
    ids = scale.given.get("aria-labelledby", "").split()
    titles = [node.words() for node in row.all("h2", "b", "p", "span") if node.given.get("id") in ids]
    return " ".join(title for title in titles if title != asked)


def _box(label: Node) -> Box:
    sign, word = next(label.all("b"), None), next(label.all("i"), None)
    return Box(sign.words() if sign else label.words(), word.words() if word else "")


def _menu(node: Node) -> list[Box]:
    return [Box(option.words()) for option in node.all("option")]


def pressed(html: str) -> list[tuple[str, str]]:
    """Answer a ballot that asks one thing after the other by its last button, so that it goes on."""
    page = Page()
    page.feed(html)
    root = page.open[0]
    buttons = [node.given for node in root.all("button") if node.given.get("name") in PRESSED]
    hidden = [node.given for node in root.all("input") if node.given.get("type") == "hidden"]
    return [(each["name"], each.get("value", "")) for each in (*hidden, *buttons[-1:])] if buttons else []
