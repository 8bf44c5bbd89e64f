#!/bin/bash
# Makes a virtual environment, or says in one sentence what is missing: make_venv.sh PYTHON FOLDER
set -euo pipefail
python=$1 folder=$2

explain() {
    echo "orderhub: $1" >&2
    exit 1
}

[ -n "$python" ] || explain "Python 3.11 or later is missing. On Debian: apt-get install python3 python3-venv"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    explain "$python is older than Python 3.11; name a newer one: make … PYTHON=/path/to/python3.11"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    explain "$python can't make virtual environments. On Debian: apt-get install python3-venv"
echo "Making $folder with $("$python" --version) …"
"$python" -m venv "$folder" || { rm -rf "$folder"; explain "$python could not make $folder (see above)."; }
