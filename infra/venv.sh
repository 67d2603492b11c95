#!/bin/sh
# Makes a virtual environment from pinned, hashed requirements, or brings it up to date; make calls it:
#     [PYTHON=/path/to/python3] infra/venv.sh .venv requirements.txt requirements-dev.txt
# One that works is kept. One that is half made, or whose Python has gone or is too old, is made anew.
set -eu

venv=$1
shift

fits() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

stop() {
    echo "Docket: $1" >&2
    exit 1
}

new_enough() {
    for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if fits "$python"; then
            echo "$python"
            return
        fi
    done
    stop "Python 3.11 or newer is needed; ${PYTHON:-python3} is $("${PYTHON:-python3}" --version 2>&1 | tail -n 1). Name another: PYTHON=/path/to/python3.11 make"
}

if ! fits "$venv/bin/python"; then
    python=$(new_enough)
    echo "Making $venv with $("$python" --version)."
    rm -rf "$venv"
    if ! "$python" -m venv "$venv"; then
        rm -rf "$venv"
        stop "$python cannot make virtual environments (on Debian and Ubuntu: apt install python3-venv)."
    fi
fi

files=
for file in "$@"; do
    files="$files -r $file"
done
echo "Installing into $venv: $*. The first time this takes a minute or two."
# shellcheck disable=SC2086 # $files is a list of words
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes $files
touch "$venv/.stamp"
