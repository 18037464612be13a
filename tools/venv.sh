#!/bin/sh
# Makes the virtual environment with the first Python that is young enough, or says in words what is missing.
set -eu
wanted=${1:-} folder=$2

young() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=
for candidate in ${wanted:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
  if command -v "$candidate" >/dev/null && young "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
  echo "Facilitator needs Python 3.11 or newer; ${wanted:-python3} is missing or older. Name one: make run PYTHON=python3.12" >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "$python has no venv and pip. On Debian, Ubuntu and WSL: sudo apt-get install python3-venv" >&2
  exit 1
fi
"$python" -m venv "$folder" || { rm -rf "$folder"; exit 1; }
