"""What stands on one PDF page: runs of text with their places, and those among them that cannot be seen."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from feedforward.extraction.document import HiddenText
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from feedforward.extraction.visibility import TINY_POINTS, WHITE, Colour, why_unseen

INVISIBLE_MODE = "invisible render mode"
_DEEPEST_FORM = 6
_MOST_OBJECTS = 200_000
_FAINT_ALPHA = 26
_STROKED = 1
_UNPAINTED = (3, 7)

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Run:
    """Text that one drawing operator put on the page. Places and `size` are in points, y grows upwards, `quarter` is
    the direction of writing in quarter turns."""

    text: str
    box: Box
    baseline: tuple[float, float]
    size: float
    bold: bool
    quarter: int


@dataclass(frozen=True, slots=True)
class PageContent:
    """The visible runs in drawing order, the unseen ones with their reason, and whether a picture fills the page."""

    box: Box
    runs: tuple[Run, ...]
    unseen: tuple[tuple[Run, str], ...]
    has_picture: bool

    @property
    def hidden(self) -> list[HiddenText]:
        return [HiddenText(run.text, why) for run, why in self.unseen]


@dataclass(frozen=True, slots=True)
class _Shape:
    order: int
    box: Box
    colour: Colour | None
    solid: bool


class PageReader:
    """Reads the pages of one document, one after the other."""

    def __init__(self, layers_off: frozenset[str]) -> None:
        """`layers_off` are the names of the layers that are not shown."""
        self._layers_off = layers_off
        self._buffer = (ctypes.c_ushort * 8192)()
        self._numbers = [ctypes.c_float() for _ in range(4)]
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._bold: dict[int, bool] = {}

    def read(self, page: Any) -> PageContent:
        """The content of a loaded page. Raises ExtractionRefused (too_large) when it holds too many objects."""
        # A font's address may be another font's on the next page.
        self._bold.clear()
        rectangle = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, rectangle)
        box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            shapes: list[_Shape] = []
            texts: list[tuple[int, Run, Any]] = []
            for order, (thing, kind, matrix) in enumerate(_objects(page)):
                if order > _MOST_OBJECTS:
                    raise ExtractionRefused(RefusalKind.TOO_LARGE)
                if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                    if run := self._run(thing, text_page, matrix):
                        texts.append((order, run, thing))
                elif kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
                    shapes.append(self._shape(order, thing, kind, matrix))
            runs, unseen = [], []
            for order, run, thing in texts:
                why = self._why_unseen(order, run, thing, shapes, box)
                if why:
                    unseen.append((run, why))
                else:
                    runs.append(run)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
        area = max(1.0, (box[2] - box[0]) * (box[3] - box[1]))
        pictures = sum(_area(shape.box) for shape in shapes if shape.colour is None and shape.solid)
        return PageContent(box, tuple(runs), tuple(unseen), pictures > 0.3 * area)

    def _run(self, thing: Any, text_page: Any, matrix: Matrix) -> Run | None:
        length = pdfium.FPDFTextObj_GetText(thing, text_page, self._buffer, ctypes.sizeof(self._buffer))
        if length <= 2:
            return None
        if length > ctypes.sizeof(self._buffer):
            self._buffer = (ctypes.c_ushort * (length // 2 + 1))()
            length = pdfium.FPDFTextObj_GetText(thing, text_page, self._buffer, ctypes.sizeof(self._buffer))
        raw = bytes(memoryview(self._buffer).cast("B")[: length - 2])
        text = raw.decode("utf-16-le", "replace").replace("\r\n", " ")
        if not text.strip():
            return None
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(thing, own)
        a, b, c, d, e, f = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        pdfium.FPDFTextObj_GetFontSize(thing, self._numbers[0])
        size = abs(self._numbers[0].value) * math.hypot(c, d)
        box = self._box(thing, matrix)
        quarter = round(math.atan2(b, a) / (math.pi / 2)) % 4
        height = box[3] - box[1] if quarter % 2 == 0 else box[2] - box[0]
        if size < TINY_POINTS:
            size = max(size, height)
        return Run(text, box, (e, f), size or 1.0, self._is_bold(thing), quarter)

    def _box(self, thing: Any, matrix: Matrix) -> Box:
        left, bottom, right, top = self._numbers
        pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
        box = (left.value, bottom.value, right.value, top.value)
        if matrix == _IDENTITY:
            return box
        corners = [
            (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
            for x in (box[0], box[2])
            for y in (box[1], box[3])
        ]
        across, up = [x for x, _ in corners], [y for _, y in corners]
        return min(across), min(up), max(across), max(up)

    def _is_bold(self, thing: Any) -> bool:
        font = pdfium.FPDFTextObj_GetFont(thing)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._bold:
            name = ctypes.create_string_buffer(256)
            pdfium.FPDFFont_GetBaseFontName(font, name, 256)
            words = name.value.lower()
            self._bold[key] = any(word in words for word in (b"bold", b"black", b"heavy", b"cmbx", b"semibd", b"-bd"))
        return self._bold[key]

    def _paint(self, thing: Any, stroked: bool) -> tuple[Colour | None, int]:
        red, green, blue, alpha = self._colour
        get = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
        if not get(thing, red, green, blue, alpha):
            return None, 255
        return (red.value, green.value, blue.value), alpha.value

    def _is_on_a_layer_off(self, thing: Any) -> bool:
        name, length = (ctypes.c_ushort * 512)(), ctypes.c_ulong()
        for index in range(pdfium.FPDFPageObj_CountMarks(thing)):
            mark = pdfium.FPDFPageObj_GetMark(thing, index)
            if pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"Name", name, ctypes.sizeof(name), length):
                raw = bytes(memoryview(name).cast("B")[: min(ctypes.sizeof(name), max(0, length.value - 2))])
                told = raw.decode("utf-16-le", "replace")
                # Of a name in UTF-16 pdfium gives the bytes one by one.
                if {told, told.encode("latin-1", "replace").decode("utf-16-be", "replace")} & self._layers_off:
                    return True
        return False

    def _shape(self, order: int, thing: Any, kind: int, matrix: Matrix) -> _Shape:
        box = self._box(thing, matrix)
        see_through = bool(pdfium.FPDFPageObj_HasTransparency(thing))
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            return _Shape(order, box, None, not see_through)
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, mode, stroke)
        colour, alpha = self._paint(thing, stroked=False)
        return _Shape(order, box, colour, bool(mode.value) and alpha > 200 and not see_through and colour is not None)

    def _why_unseen(self, order: int, run: Run, thing: Any, shapes: list[_Shape], page: Box) -> str | None:
        if self._layers_off and self._is_on_a_layer_off(thing):
            return "hidden layer"
        mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
        if mode in _UNPAINTED:
            return INVISIBLE_MODE
        left, bottom, right, top = run.box
        middle = (left + right) / 2, (bottom + top) / 2
        if right < page[0] or left > page[2] or top < page[1] or bottom > page[3] or not _holds(page, middle):
            return "off the page"
        colour, alpha = self._paint(thing, stroked=mode == _STROKED)
        if alpha < _FAINT_ALPHA:
            return "transparent text"
        if any(shape.solid and shape.order > order and _covers(shape.box, run.box) for shape in shapes):
            return "behind a picture"
        behind: Colour | None = WHITE
        for shape in shapes:
            if shape.order < order and shape.solid and _holds(shape.box, middle):
                behind = shape.colour
        return why_unseen(colour, behind, run.size)


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Every object of the page in drawing order, those within forms too, with the matrix of the form."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _within(pdfium.FPDFPage_GetObject(page, index), _IDENTITY, 0)


def _within(thing: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield thing, kind, matrix
    elif depth < _DEEPEST_FORM:
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(thing, own)
        inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(thing)):
            yield from _within(pdfium.FPDFFormObj_GetObject(thing, index), inner, depth + 1)


def _times(first: Matrix, second: Matrix) -> Matrix:
    if second == _IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _covers(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0] + 1 and outer[1] <= inner[1] + 1 and outer[2] >= inner[2] - 1 and outer[3] >= inner[3] - 1
    )
