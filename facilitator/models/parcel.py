"""A whole guide in one file: packed, and unpacked with care."""

import datetime as dt
import hashlib
import io
import json
import zipfile
import zlib
from typing import Any, NoReturn

from facilitator import db
from facilitator.models.acts import acts
from facilitator.models.guide import Guide
from facilitator.models.objections import NoParcel, ParcelDamaged, ParcelTooLarge
from facilitator.models.whole import ACTS, GUIDE_TABLE, TABLES, Row, Rows, digest, lines, whole

FORMAT = "facilitator-whole/1"
MANIFEST = "manifest.json"
NAMES = {MANIFEST, *(f"{name}.jsonl" for name in (GUIDE_TABLE, ACTS, *(kept.name for kept in TABLES)))}
MEGABYTE = 1 << 20
PACKED, UNPACKED, RATIO, ROWS = 64 * MEGABYTE, 256 * MEGABYTE, 200, 500_000
# the earliest moment a ZIP can tell: when it was packed is in the manifest
EPOCH = (1980, 1, 1, 0, 0, 0)

Manifest = dict[str, Any]


def pack(guide: Guide) -> bytes:
    """Pack a whole guide."""
    rows, done = whole(guide), acts(guide)
    manifest = {
        "format": FORMAT,
        "uid": guide.uid,
        "at": db.now().isoformat(),
        "digest": digest(rows),
        "acts": seal(done),
        "after": guide.imported,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr(_entry(MANIFEST), json.dumps(manifest, indent=1))
        for name, each in (rows | {ACTS: done}).items():
            parcel.writestr(_entry(f"{name}.jsonl"), lines(each))
    return packed.getvalue()


def seal(done: list[Row]) -> str:
    """Seal the acts that go along: apart, for the same guide has other acts in each installation."""
    return hashlib.sha256(lines(done).encode()).hexdigest()


def unpack(packed: bytes) -> tuple[Manifest, Rows]:
    """Read a packed guide; refuse what is too large, damaged, or something else."""
    if len(packed) > PACKED:
        raise ParcelTooLarge
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as parcel:
            texts = _texts(parcel)
        manifest = _read(texts.pop(MANIFEST))
        rows = {name.removesuffix(".jsonl"): list(map(_read, _lines(text))) for name, text in texts.items()}
    except (ValueError, RecursionError) as damaged:
        raise ParcelDamaged from damaged
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as damaged:
        raise NoParcel from damaged
    _check(manifest, rows)
    return manifest, rows


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _texts(parcel: zipfile.ZipFile) -> dict[str, str]:
    entries = parcel.infolist()
    if sorted(entry.filename for entry in entries) != sorted(NAMES):
        raise NoParcel
    total = sum(entry.file_size for entry in entries)
    if total > UNPACKED or any(entry.file_size > MEGABYTE + RATIO * entry.compress_size for entry in entries):
        raise ParcelTooLarge
    texts: dict[str, str] = {}
    for entry in entries:
        with parcel.open(entry) as stream:  # what an entry says of its own size is checked while reading
            text = stream.read(entry.file_size + 1)
        if len(text) != entry.file_size:
            raise ParcelDamaged
        texts[entry.filename] = text.decode("utf-8")
    return texts


def _lines(text: str) -> list[str]:
    written = text.split("\n")
    if len(written) > ROWS:
        raise ParcelTooLarge
    return [line for line in written if line]


def _read(text: str) -> Any:
    def never(_word: str) -> NoReturn:
        raise ValueError("no such number")

    read = json.loads(text, parse_constant=never)
    if not isinstance(read, dict):
        raise ValueError("no row")
    return read


def _check(manifest: Manifest, rows: Rows) -> None:
    if manifest.get("format") != FORMAT:
        raise NoParcel
    if set(manifest) != {"format", "uid", "at", "digest", "acts", "after"}:
        raise NoParcel
    if not all(isinstance(value, str) for value in manifest.values()):
        raise ParcelDamaged
    if digest(rows) != manifest["digest"] or seal(rows[ACTS]) != manifest["acts"]:
        raise ParcelDamaged


def moment(text: str) -> dt.datetime:
    """Read when a file was made."""
    try:
        return dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    except (ValueError, OverflowError) as strange:
        raise ParcelDamaged from strange
