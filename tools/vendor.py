"""Brings the front end's few foreign files into the checkout, pinned and hashed."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "vendor.json"
VENDOR = ROOT / "facilitator" / "static" / "vendor"
SPRITE = "sprite.svg"


def sha256(data: bytes) -> str:
    """The hash under which a vendored file is known."""
    return "sha256-" + base64.b64encode(hashlib.sha256(data).digest()).decode()


def home(name: str, entry: dict[str, Any]) -> Path:
    """The folder of one vendored package: <name>-<version>."""
    return VENDOR / f"{name}-{entry['version']}"


def faults() -> list[str]:
    """What differs between vendor.json and the vendored files: nothing, if all is well."""
    entries = json.loads(LIST.read_text())
    found = []
    known = set()
    for name, entry in entries.items():
        for file, integrity in entry["integrity"].items():
            path = home(name, entry) / file
            known.add(path)
            if not path.is_file():
                found.append(f"{path.relative_to(ROOT)} is missing")
            elif sha256(path.read_bytes()) != integrity:
                found.append(f"{path.relative_to(ROOT)} is not the file that was vendored")
    present = {path for path in VENDOR.rglob("*") if path.is_file()}
    return found + [f"{path.relative_to(ROOT)} is not in vendor.json" for path in sorted(present - known)]


def pack(package: str, version: str, expected: str | None, folder: Path) -> tuple[Path, str]:
    """Downloads one package through npm and refuses it if it is not the one first seen."""
    command = [
        "npm",
        "pack",
        f"{package}@{version}",
        "--json",
        "--ignore-scripts",
        "--pack-destination",
        folder,
    ]
    subprocess.run(command, check=True, capture_output=True)
    (archive,) = folder.glob("*.tgz")
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if expected not in (None, integrity):
        raise SystemExit(f"{package} {version} is not the package that was vendored: {integrity}")
    return archive, integrity


def sprite(read: Any, icons: list[str]) -> bytes:
    """Draws the icons as the symbols of one file, to be used as <use href="sprite.svg#name">."""
    symbols = []
    for icon in icons:
        drawing = re.search(r"<svg[^>]*>(.*)</svg>", read(f"icons/{icon}.svg").decode(), re.DOTALL)
        if drawing is None:
            raise SystemExit(f"no drawing in icon {icon}")
        shapes = " ".join(drawing[1].split())
        symbols.append(
            f'<symbol id="{icon}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
            f'stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
        )
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


def bring(name: str, entry: dict[str, Any]) -> None:
    """Replaces one package's folder by the files that vendor.json names."""
    with tempfile.TemporaryDirectory() as folder:
        archive, entry["package_integrity"] = pack(
            entry["package"], entry["version"], entry.get("package_integrity"), Path(folder)
        )
        with tarfile.open(archive) as package:

            def read(path: str) -> bytes:
                member = package.extractfile(f"package/{path}")
                if member is None:
                    raise SystemExit(f"{name}: {path} is not a file")
                return member.read()

            files = {target: read(source) for source, target in entry["files"].items()}
            if "sprite" in entry:
                files[SPRITE] = sprite(read, entry["sprite"])
    for old in VENDOR.glob(f"{name}-[0-9]*"):
        shutil.rmtree(old)
    home(name, entry).mkdir(parents=True)
    for target, data in files.items():
        (home(name, entry) / target).write_bytes(data)
    entry["integrity"] = {target: sha256(data) for target, data in sorted(files.items())}


def main(arguments: list[str]) -> int:
    """`fetch` brings everything afresh, `check` says what is not as it was vendored."""
    if arguments == ["fetch"]:
        entries = json.loads(LIST.read_text())
        for name, entry in entries.items():
            bring(name, entry)
        LIST.write_text(json.dumps(entries, indent=2) + "\n")
    elif arguments != ["check"]:
        print("usage: python tools/vendor.py fetch|check", file=sys.stderr)
        return 2
    found = faults()
    print("\n".join(found) or "Vendored files are as they were vendored.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
