#!/bin/sh
# Installs Hashar into the folder "hashar" beside this file. Nothing is fetched from anywhere.
set -eu
cd "$(dirname "$0")"
for python in "python@PYTHON@" python3; do
    if command -v "$python" >/dev/null && [ "$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = "@PYTHON@" ]; then
        found="$python"
        break
    fi
done
if [ -z "${found:-}" ]; then
    echo "This bundle needs Python @PYTHON@. Install it, or make a bundle for yours: make bundle." >&2
    exit 1
fi
"$found" -m venv hashar
hashar/bin/python -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels --require-hashes -r requirements.txt
hashar/bin/hashar --version
echo "Ready. Start it with: sh start.sh"
