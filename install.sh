#!/usr/bin/env bash
# Installs what a conversation needs, or with --for-tests what the tests need too. A second run takes seconds.
#
#   system libraries   with apt-get; where that is not possible, it says what is needed
#   .venv              Python packages, each checked against the hashes in requirements*.lock
#   models             the starter models, into your own folder for models
#
# PYTHON names the Python to use (3.11 to 3.13); otherwise the first suitable one on PATH.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

for_tests=false
case "${1:-}" in
    "") ;;
    --for-tests) for_tests=true ;;
    *) echo "usage: ./install.sh [--for-tests]" >&2; exit 2 ;;
esac

say() { printf '%s\n' "$@" >&2; }
stop() { say "$@"; exit 1; }

find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    stop "Python 3.11, 3.12 or 3.13 is needed, and ${PYTHON:-python3} is none of them." \
        "Install one and name it: make install PYTHON=/path/to/python3"
}

system_packages() {
    echo libportaudio2 libasound2-plugins libgomp1
    echo libegl1 libgl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 libxcb-cursor0 libxkbcommon-x11-0 \
        libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 fonts-dejavu-core
    "$python" -c 'import ensurepip, venv' 2>/dev/null || "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    if $for_tests; then
        echo pulseaudio pulseaudio-utils espeak-ng
        echo xvfb xauth xdotool openbox xcompmgr trayer x11-utils imagemagick dbus dbus-x11 \
            at-spi2-core python3-pyatspi
    fi
}

install_system_packages() {
    local package missing=() as_root=()
    for package in $(system_packages); do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    if [ ${#missing[@]} -eq 0 ]; then return; fi
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || stop "System libraries are missing. Install them with this line, then try again:" \
            "    sudo apt-get install -y --no-install-recommends ${missing[*]}"
        as_root=(sudo -n)
    fi
    say "Installing system libraries: ${missing[*]}"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
    "${apt[@]}" update </dev/null >&2 || say "The list of system packages could not be refreshed; going on with the old one."
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null >&2 ||
        stop "apt-get could not install: ${missing[*]}. Its own words are above."
}

check_system_libraries() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null || stop "This Python has no venv module; install it first."
    local needed="PortAudio"
    if $for_tests; then needed="PortAudio, PulseAudio with pactl, espeak-ng"; fi
    say "There is no apt-get here, so system libraries are yours to install: $needed."
    # On macOS and Windows the Python package sounddevice brings PortAudio with it.
    [ "$(uname -s)" != Linux ] ||
        "$python" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("portaudio"))' ||
        stop "PortAudio was not found (Fedora, Arch and openSUSE call it portaudio). Install it, then try again."
}

# What the environment was made from; a change of any of it means to install again.
fingerprint() {
    { echo "$PWD"; "$python" --version; cat pyproject.toml "$@"; } | cksum
}

install_python_packages() {
    local for_run=(requirements-build.lock requirements.lock) locks stamp=.venv/installed wanted lock
    locks=("${for_run[@]}")
    if $for_tests; then locks+=(requirements-dev.lock) stamp=.venv/installed-for-tests; fi
    wanted=$(fingerprint "${locks[@]}")
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then return; fi

    say "Installing Python packages into .venv (the first time half a minute or more, and up to 900 MB)"
    .venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear .venv
    local pip=(.venv/bin/python -m pip --no-input --disable-pip-version-check install --root-user-action=ignore)
    local quiet=(--quiet --quiet) requirements=()
    # First what builds packages, so that no build fetches tools of its own, unchecked.
    "${pip[@]}" "${quiet[@]}" --require-hashes -r requirements-build.lock
    for lock in "${locks[@]:1}"; do requirements+=(-r "$lock"); done
    # Of what pip tells when it is not quiet, warnings are for who makes packages.
    "${pip[@]}" --require-hashes --no-build-isolation "${requirements[@]}" 2> >(grep -v '^WARNING' >&2) | large_downloads
    "${pip[@]}" "${quiet[@]}" --no-deps --no-build-isolation --editable .
    fingerprint "${for_run[@]}" >.venv/installed
    echo "$wanted" >"$stamp"
}

# Reads what pip says, and says a line for each large file, so that one sees it get on.
large_downloads() {
    local line
    while IFS= read -r line; do
        case $line in *Downloading\ *\ MB\)*) say "  ${line##*Downloading }" ;; esac
    done
}

# The servers that tests talk to: no part of the program, so each has an environment of its own.
install_servers_for_tests() {
    local lock name environment wanted
    for lock in requirements-server-*.lock; do
        name=${lock#requirements-server-}
        name=${name%.lock}
        environment=.venv/servers/$name
        wanted=$(fingerprint "$lock")
        if [ "$(cat "$environment/installed" 2>/dev/null)" = "$wanted" ]; then continue; fi
        say "Installing the servers that tests talk to: $name"
        "$python" -m venv --clear "$environment"
        local pip=("$environment/bin/python" -m pip --quiet --quiet --no-input --disable-pip-version-check install)
        "${pip[@]}" --require-hashes -r requirements-build.lock
        "${pip[@]}" --require-hashes --no-build-isolation -r "$lock"
        echo "$wanted" >"$environment/installed"
    done
}

python=$(find_python)
if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    install_system_packages
else
    check_system_libraries
fi
install_python_packages
if $for_tests; then install_servers_for_tests; fi
.venv/bin/python -m companion models install --starter
if $for_tests; then .venv/bin/python -m companion models install kokoro-82m-ja; fi
