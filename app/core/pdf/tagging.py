"""What does WeasyPrint leave undone for PDF/UA? Page furniture as artifacts, scopes of headers, pairs of terms.

WeasyPrint 70 tags a page well but leaves running footers as content outside the tree, header cells without a scope,
and the lines of a ``<dl>`` as lists in lists. ``tidy`` is its finisher: it runs on the objects before they are written.
"""

from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.formatting_structure import boxes

_SVG: Final = "{http://www.w3.org/2000/svg}"
Objects = dict[bytes, Any]


def dress_drawings(root: Element, looks: str) -> None:
    """Give each drawing of the page its looks, which a page's own stylesheet does not reach, and its words.

    WeasyPrint reads the alternative of a drawing in its ``<title>``; pages say it in ``aria-label``.
    """
    for drawing in root.iter(f"{_SVG}svg"):
        style = Element(f"{_SVG}style")
        style.text = looks
        drawing.insert(0, style)
        words = drawing.get("aria-label")
        if words and drawing.find(f"{_SVG}title") is None:
            title = Element(f"{_SVG}title")
            title.text = words
            drawing.insert(0, title)


def tidy(document: Any, pdf: Any) -> None:
    """Finish the tags of a drawn document, in place."""
    objects: Objects = {thing.reference: thing for thing in pdf.objects if thing.number}
    _scope_headers(document)
    root = objects[pdf.catalog["StructTreeRoot"]]
    _leave_out_unnamed(objects, root["K"][0])
    _pair_terms(objects)
    reached = set(_within(objects, root["K"][0]))
    _as_artifacts(objects, root, reached)


def _scope_headers(document: Any) -> None:
    for page in document.pages:
        for box in page._page_box.descendants():
            mark = getattr(box, "mark", None)
            if isinstance(box, boxes.TableCellBox) and mark is not None and mark["S"] == "/TH":
                mark["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"


def _kids(element: Any) -> list[bytes]:
    return [kid for kid in element["K"] if isinstance(kid, bytes)]


def _within(objects: Objects, reference: bytes) -> Iterator[bytes]:
    """An element of the tree and all below."""
    yield reference
    for kid in _kids(objects[reference]):
        if objects[kid].get("Type") == "/StructElem":
            yield from _within(objects, kid)


def _leave_out_unnamed(objects: Objects, reference: bytes) -> None:
    """A drawing without words is decoration (``aria-hidden``): taken out of the tree."""
    element = objects[reference]
    for kid in _kids(element):
        if objects[kid].get("S") == "/Figure" and "Alt" not in objects[kid]:
            element["K"].remove(kid)
        elif objects[kid].get("Type") == "/StructElem":
            _leave_out_unnamed(objects, kid)


def _pair_terms(objects: Objects) -> None:
    """``<dl><div><dt><dd></div>``: the pair is one item (LI), the term its label, the rest its body."""
    for reference, pair in list(objects.items()):
        if not _is(pair, "/Div") or not _is(objects.get(pair["P"]), "/L"):
            continue
        pair["S"] = "/LI"
        parts: list[bytes] = []
        for item in _kids(pair):
            for part in _kids(objects[item]) if _is(objects[item], "/LI") else [item]:
                objects[part]["P"] = reference
                objects[part]["S"] = "/LBody" if parts else "/Lbl"
                parts.append(part)
        pair["K"] = pydyf.Array(parts)


def _is(thing: Any, kind: str) -> bool:
    return isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem" and thing["S"] == kind


def _as_artifacts(objects: Objects, root: Any, reached: set[bytes]) -> None:
    """What is marked on a page and is not in the tree: header, footer, decoration."""
    pages = {page["StructParents"]: page for page in objects.values() if _has(page, "StructParents")}
    numbers = objects[root["ParentTree"]]["Nums"]
    for number, owners in zip(numbers[::2], numbers[1::2], strict=True):
        if number not in pages:
            continue  # the annotation of a link
        outside = {mark for mark, owner in enumerate(owners) if owner not in reached}
        for mark in outside:
            owners[mark] = b"null"
        _mark_artifacts(objects[pages[number]["Contents"]].stream, outside)


def _has(thing: Any, key: str) -> bool:
    return isinstance(thing, pydyf.Dictionary) and key in thing


def _mark_artifacts(operators: list[Any], marks: set[int]) -> None:
    for index, operator in enumerate(operators):
        if operator == b"BDC" and operators[index - 1].get("MCID") in marks:
            operators[index - 2] = "/Artifact"
            operators[index - 1] = pydyf.Dictionary({"Type": "/Pagination"})
