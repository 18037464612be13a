"""A drawing set into a page: no script, no style of its own, no name that another drawing bears."""

import re
from html import escape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
KEPT = {
    *("svg", "g", "defs", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("text", "tspan", "clipPath", "marker", "symbol", "pattern", "linearGradient", "radialGradient", "stop"),
}
REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
EVERYWHERE = re.compile(r"\s*\*\s*\{([^}]*)\}\s*")
PROPERTY = re.compile(r"[a-z-]+")


def inlined(svg: str, name: str, alt: str) -> str:
    """Give a drawing as an element of a page, with its alternative text; nothing where it cannot be read."""
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - drawn by ourselves
    except ElementTree.ParseError:
        return ""
    if root.tag != f"{SVG}svg":
        return ""
    # what a drawing says of all its elements stands on the drawing itself, and is inherited
    for style in root.iter(f"{SVG}style"):
        if found := EVERYWHERE.fullmatch(style.text or ""):
            _dress(root, found[1])
    _clean(root, name)
    root.attrib.pop("id", None)
    written = ElementTree.tostring(root, encoding="unicode")
    return written.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)


def _clean(element: Element, name: str) -> None:
    element.tag = element.tag.removeprefix(SVG)
    _dress(element, element.attrib.pop("style", ""))
    for key, value in list(element.attrib.items()):
        del element.attrib[key]
        if key in {"href", XLINK}:
            if value.startswith("#"):
                element.set("href", f"#{name}-{value[1:]}")
        elif key == "id":
            element.set("id", f"{name}-{value}")
        elif not key.startswith(("on", "{")):
            element.set(key, REFERENCE.sub(rf"url(#{name}-\1)", value))
    for child in list(element):
        if child.tag.removeprefix(SVG) in KEPT:
            _clean(child, name)
        else:
            element.remove(child)


def _dress(element: Element, style: str) -> None:
    for declared in style.split(";"):
        key, _, value = (part.strip() for part in declared.partition(":"))
        if PROPERTY.fullmatch(key) and value:
            element.set(key, value)
