"""What would a screen reader find in this PDF? Its tags, read back, and its faults against PDF/UA-1."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

PART = 'pdfuaid:part="1"'
_INSIDE = {
    "/L": {"/LI", "/Caption", "/L"}, "/LI": {"/Lbl", "/LBody"}, "/TR": {"/TH", "/TD"},
    "/Table": {"/Caption", "/TR", "/THead", "/TBody", "/TFoot"},
    "/THead": {"/TR"}, "/TBody": {"/TR"}, "/TFoot": {"/TR"},
}  # fmt: skip


@dataclass
class Tag:
    """One element of the structure."""

    kind: str
    data: DictionaryObject
    kids: list["Tag"]
    marks: list[int]

    def walk(self) -> Iterator["Tag"]:
        """This element, then all below in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()


@dataclass
class TaggedPdf:
    """``TaggedPdf(data).faults()`` is empty for a PDF that holds its promises."""

    data: bytes
    reader: PdfReader = field(init=False)
    root: DictionaryObject = field(init=False)
    tree: Tag = field(init=False)

    def __post_init__(self) -> None:
        self.reader = PdfReader(io.BytesIO(self.data), strict=True)
        self.root = self.reader.root_object
        (top,) = self.root["/StructTreeRoot"]["/K"]  # type: ignore[index]
        self.tree = _tag(top.get_object())

    @property
    def lang(self) -> str:
        return str(self.root.get("/Lang", ""))

    @property
    def title(self) -> str:
        return str((self.reader.metadata or {}).get("/Title", ""))

    @property
    def text(self) -> str:
        """All pages, as they read."""
        return "\n".join(page.extract_text() for page in self.reader.pages)

    @property
    def kinds(self) -> Counter[str]:
        """How many elements of each kind, without the slash: ``{"H1": 1, "TH": 3}``."""
        return Counter(tag.kind.removeprefix("/") for tag in self.tree.walk())

    @property
    def fonts(self) -> dict[str, bool]:
        """Each font, and whether its file is in the PDF."""
        found = {}
        for page in self.reader.pages:
            for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
                (below,) = font.get_object()["/DescendantFonts"]
                kept = below.get_object()["/FontDescriptor"]
                found[str(font["/BaseFont"])] = any(key in kept for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        return found

    def attribute(self, kind: str, name: str) -> list[str]:
        """An attribute (« Scope ») of every element of a kind, in reading order."""
        return [str(_attributes(tag).get(f"/{name}", "")) for tag in self.tree.walk() if tag.kind == f"/{kind}"]

    def faults(self) -> list[str]:
        """Every promise of PDF/UA-1 that this PDF breaks, as far as these checks go."""
        return [*self._document_faults(), *self._tree_faults(), *self._page_faults()]

    def _document_faults(self) -> Iterator[str]:
        if PART not in self.root["/Metadata"].get_object().get_data().decode():  # type: ignore[attr-defined]
            yield "no PDF/UA identifier"
        if not self.lang:
            yield "no language"
        if not self.title or not self.root["/ViewerPreferences"]["/DisplayDocTitle"]:  # type: ignore[index]
            yield "no title"
        if not self.root["/MarkInfo"]["/Marked"]:  # type: ignore[index]
            yield "not marked"
        yield from (f"font not embedded: {name}" for name, kept in self.fonts.items() if not kept)

    def _tree_faults(self) -> Iterator[str]:
        level = 0
        for tag in self.tree.walk():
            if tag.kind == "/Figure" and not tag.data.get("/Alt"):
                yield "a drawing without words"
            if tag.kind == "/TH" and not _attributes(tag).get("/Scope"):
                yield "a header cell without a scope"
            if tag.kind in _INSIDE:
                yield from (f"{kid.kind} in {tag.kind}" for kid in tag.kids if kid.kind not in _INSIDE[tag.kind])
            if tag.kind[:2] == "/H" and tag.kind[2:].isdigit():
                if int(tag.kind[2:]) > level + 1:
                    yield f"{tag.kind} after level {level}"
                level = int(tag.kind[2:])

    def _page_faults(self) -> Iterator[str]:
        """Text must be in the tree, or be an artifact."""
        known = Counter[int]()
        for tag in self.tree.walk():
            for mark in tag.marks:
                known[(tag.data.raw_get("/Pg").idnum, mark)] += 1  # type: ignore[index]
        for page in self.reader.pages:
            marks: list[Any] = []
            for operands, operator in ContentStream(page.get_contents(), self.reader).operations:
                if operator in {b"BDC", b"BMC"}:
                    marks.append(operands)
                elif operator == b"EMC":
                    marks.pop()
                elif operator in {b"TJ", b"Tj"} and not _accounted(marks, known, page.indirect_reference.idnum):
                    yield f"text outside the tree: {operands}"


def _accounted(marks: list[Any], known: Counter[Any], page: int) -> bool:
    return any(mark[0] == "/Artifact" or (len(mark) > 1 and known[(page, mark[1].get("/MCID"))] == 1) for mark in marks)


def _attributes(tag: Tag) -> DictionaryObject:
    found = tag.data.get("/A", DictionaryObject())
    return found.get_object()


def _tag(data: DictionaryObject) -> Tag:
    kids: list[Tag] = []
    marks: list[int] = []
    for kid in data.get("/K", []):
        thing = kid.get_object()
        if isinstance(thing, int):
            marks.append(int(thing))
        elif thing.get("/Type") == "/StructElem":
            kids.append(_tag(thing))
    return Tag(str(data["/S"]), data, kids, marks)
