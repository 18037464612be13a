"""The mass of sheets: plain rows by the hundred thousand, packed as they are written, by forks where many."""

from __future__ import annotations

import pickle
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from itertools import chain, islice

from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.utility import _preserve_whitespace

from facilitator.documents import pool
from facilitator.documents.book import Cell, Mass, Value, fit
from facilitator.documents.pen import Pen
from facilitator.kinds.base import Line, Row

Begin = Callable[[Callable[[str], bytes], Sequence[str]], Iterator[tuple[str, bytes]]]

ROW, END = "<row>", "</row>"
SOON = 1  # a level that packs less, but four times as fast
TOGETHER = 50  # ballots
MANY = 4_000  # ballots from which forks save more than they cost
PLAIN = re.compile(r"[0-9.]+")
ONES = 0xFFFFFFFF
ZEROS = bytes(1 << 16)


@dataclass(frozen=True)
class Packed:
    """Rows as they lie in the file: how many, their bytes, and what these are when unpacked."""

    rows: int
    data: bytes
    size: int
    crc: int

    def after(self, crc: int) -> int:
        """Give the check sum of these rows behind others that have one: sums of the same length add up."""
        whole, rest = divmod(self.size, len(ZEROS))
        crc ^= ONES
        for zeros in [ZEROS] * whole + [ZEROS[:rest]]:
            crc = zlib.crc32(zeros, crc)
        return crc ^ ONES ^ self.crc


class Cells(Pen):
    """Ballots as cells of a sheet: they stand without gaps and need no address."""

    def __init__(
        self,
        cell: Cell,
        silent: Callable[[Line], bool],
        front: Sequence[Value],
        read: Callable[[Line], Sequence[Value]],
    ) -> None:
        super().__init__()
        self.cell, self.silent, self.read = cache(cell), silent, read
        self.front = ROW + "".join(map(self.cell, front))
        self.end = cache(self.end)  # type: ignore[method-assign]

    def start(self, number: str) -> str:
        """Begin a row with the number of its slip."""
        return self.front + self.cell(number_of(number))

    def line(self, line: Line) -> str:
        """Say a line; one that is silent makes no row."""
        return "" if self.silent(line) else "".join(map(self.cell, self.read(line)))

    def end(self, aside: Row) -> str:
        """End a row."""
        return "".join(map(self.cell, aside)) + END


def number_of(text: str) -> Value:
    """Read a number where a text is one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


class Packing:
    """Masses on their way into a book, and the numbers of the texts that stand in many of their rows."""

    def __init__(self, masses: Iterable[Mass] = ()) -> None:
        self.known: dict[str, int] = {}
        self._begun: list[Iterator[Packed]] = []
        self._ballots = 0
        self._left: list[Mass] = []
        for mass in masses:
            self.take(mass)

    def take(self, mass: Mass) -> None:
        """Take a mass as the next one."""
        for text in mass.words:
            self.known.setdefault(fit(text), len(self.known))
        self._left.append(mass)

    def early(self) -> None:
        """Let a fork begin once there is as much as was begun before: few forks, however much comes."""
        if _ballots(self._left) >= max(MANY, self._ballots):
            self._begin(pool.beside)

    def packed(self) -> Iterator[Packed]:
        """Begin with what is left, and give each mass in the order in which they were taken."""
        if self._left:
            many = self._ballots + _ballots(self._left) >= MANY
            self._begin(pool.ahead if many else _here)
        return chain.from_iterable(self._begun)

    def _begin(self, begin: Begin) -> None:
        masses, self._left = self._left, []
        self._ballots += _ballots(masses)
        wanted = [str(place) for place in range(len(masses))]
        self._begun.append(_in_order(begin(partial(_work, masses, self.known), wanted), wanted))


def _ballots(masses: Sequence[Mass]) -> int:
    return sum(mass.ballots for mass in masses)


def _here(work: Callable[[str], bytes], wanted: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    return ((each, work(each)) for each in wanted)


def _in_order(found: Iterator[tuple[str, bytes]], wanted: Sequence[str]) -> Iterator[Packed]:
    kept: dict[str, bytes] = {}
    for each in wanted:
        while each not in kept:
            kept.update([next(found)])
        yield pickle.loads(kept.pop(each))  # noqa: S301 - our own fork's


def _work(masses: Sequence[Mass], known: Mapping[str, int], wanted: str) -> bytes:
    return pickle.dumps(packed(masses[int(wanted)].rows(partial(_cell, known))))


def packed(rows: Iterator[str]) -> Packed:
    """Write rows and pack them so that others can stand before and after them."""
    packer = zlib.compressobj(SOON, zlib.DEFLATED, -zlib.MAX_WBITS)
    number = size = crc = 0
    parts = []
    while text := "".join(islice(rows, TOGETHER)):
        data = text.encode()
        number, size, crc = number + text.count(END), size + len(data), zlib.crc32(data, crc)
        parts.append(packer.compress(data))
    return Packed(number, b"".join((*parts, packer.flush(zlib.Z_FULL_FLUSH))), size, crc)


def _cell(known: Mapping[str, int], value: Value) -> str:
    """Write a cell that has no look of its own; its text stands in the table of texts or in the cell."""
    if value is None or value == "":
        return "<c/>"
    if not isinstance(value, str):
        return f"<c><v>{value}</v></c>"
    text = fit(value)
    if text in known:
        return f'<c t="s"><v>{known[text]}</v></c>'
    if PLAIN.fullmatch(text):
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'
    text = escape(SharedStrings._escape_control_characters(text), quote=False)
    kept = ' xml:space="preserve"' if _preserve_whitespace(text) else ""
    return f'<c t="inlineStr"><is><t{kept}>{text}</t></is></c>'
