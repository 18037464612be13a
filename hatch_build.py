"""Puts the compiled catalogues, the templates and wsgi.py into the wheel; a checkout keeps using its own."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(root: Path) -> list[Path]:
    """Writes each language's messages.mo beside its messages.po, unless that is fresh."""
    compiled = []
    for source in sorted(root.glob("translations/*/LC_MESSAGES/messages.po")):
        target = source.with_suffix(".mo")
        compiled.append(target)
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        unfinished = target.with_suffix(".mo.part")
        with unfinished.open("wb") as binary:
            write_mo(binary, catalogue)
        unfinished.replace(target)
    return compiled


class CheckoutIntoPackage(BuildHookInterface):
    """Copies what the application reads beside its code into the package of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles the catalogues and, for a real wheel, names what goes where."""
        root = Path(self.root)
        catalogues = compile_catalogues(root)
        if self.target_name != "wheel":
            return
        if version == "editable":
            build_data["force_include_editable"] = {}
            return
        files = [root / "wsgi.py", *catalogues, *(p for p in root.glob("templates/**/*") if p.is_file())]
        build_data["force_include"] |= {
            str(path): f"facilitator/{path.relative_to(root).as_posix()}" for path in files
        }
