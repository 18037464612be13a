"""Writes the hash-locked requirements; all three files hold the same versions, and no address."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The widest first: the others are held to its versions. `build` installs the checkout itself.
LOCKS = {
    "test": ["--group", "test", "--extra", "server"],
    "server": ["--group", "build", "--extra", "server"],
    "runtime": ["--group", "build"],
}
SILENT_ABOUT_ADDRESSES = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]


def main(arguments: list[str]) -> int:
    """Makes every lock again; arguments such as --upgrade go to the compiler."""
    uv = Path(sys.executable).with_name("uv")
    for name, selection in LOCKS.items():
        held = [] if name == "test" else ["--constraints", "requirements/test.txt"]
        command = [uv, "pip", "compile", "pyproject.toml", *selection, *held, *arguments]
        command += ["--universal", "--generate-hashes", "--python-version", "3.11", "--quiet"]
        command += [*SILENT_ABOUT_ADDRESSES, "--output-file", f"requirements/{name}.txt"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
