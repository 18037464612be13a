"""The file of a book: its parts, of which some bring rows that are packed already."""

from __future__ import annotations

import io
import zlib
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import packager, workbook
from xlsxwriter.sharedstrings import SharedStrings

from facilitator.documents.mass import Packed

MARK = "<!--mass-->"  # no text holds it: its signs would be escaped


class Kept(io.BytesIO):
    """The bytes of a book, and the masses that are still to be put into its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.masses: dict[str, Packed] = {}


class Archive(ZipFile):
    """The parts of a book; the library that writes them knows of no mass."""

    def writestr(
        self, zinfo_or_arcname: Any, data: Any, compress_type: Any = None, compresslevel: Any = None
    ) -> None:
        """Put a part in."""
        masses = getattr(self.fp, "masses", {})
        mass = masses.pop(getattr(zinfo_or_arcname, "filename", ""), None)
        if mass:
            self._put(zinfo_or_arcname, mass, *data.split(MARK.encode()))
        else:
            super().writestr(zinfo_or_arcname, data, ZIP_DEFLATED, compresslevel)

    def _put(self, part: ZipInfo, mass: Packed, before: bytes, behind: bytes) -> None:
        """Put packed rows in between what stands before and behind them."""
        first, last = (zlib.compressobj(wbits=-zlib.MAX_WBITS) for _end in (before, behind))
        data = [first.compress(before), first.flush(zlib.Z_FULL_FLUSH), mass.data]
        data += [last.compress(behind), last.flush()]
        part.compress_type, part.compress_size = ZIP_DEFLATED, sum(map(len, data))
        part.file_size = len(before) + mass.size + len(behind)
        part.CRC = zlib.crc32(behind, mass.after(zlib.crc32(before)))
        assert self.fp is not None  # noqa: S101 - it is open
        self.fp.seek(self.start_dir)
        part.header_offset = self.start_dir
        self.fp.write(part.FileHeader())
        self.fp.writelines(data)
        self.start_dir = self.fp.tell()
        self.filelist.append(part)
        self.NameToInfo[part.filename] = part


class Texts(SharedStrings):  # type: ignore[misc]
    """The table of texts, none of which is taken for the markup that it may look like."""

    def _xml_rich_si_element(self, string: str) -> None:
        self._xml_si_element(string)


workbook.ZipFile, packager.SharedStrings = Archive, Texts
