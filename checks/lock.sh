#!/bin/bash
# Resolves the dependencies of pyproject.toml into the lock files: lock.sh PYTHON [uv options, as --upgrade]
#
# Each lock has hashes and names no index. uv comes from the PATH, or into a folder of its own in build/.
set -euo pipefail
python=$1
shift

if ! uv=$(command -v uv); then
    "$python" -m venv build/uv
    build/uv/bin/python -m pip --disable-pip-version-check install --quiet uv
    uv=build/uv/bin/uv
fi
compile=("$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header)
"${compile[@]}" "$@" pyproject.toml --output-file requirements.lock
"${compile[@]}" "$@" --extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock
printf 'editables\nhatchling\n' |
    "${compile[@]}" --constraint requirements-dev.lock - --output-file requirements-build.lock
"${compile[@]}" "$@" clients/requirements.in --output-file clients/requirements.lock
