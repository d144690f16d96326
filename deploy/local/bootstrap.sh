#!/usr/bin/env bash
# Installs what this checkout needs on Debian or Ubuntu with only git, make and Python 3.11 or newer.
# Finished steps are recorded, so a second run does nothing and an interrupted one continues.
#   bootstrap.sh             installs the needs of `make up`
#   bootstrap.sh chromium    also installs the browser for the tests
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
venv="$PWD/.venv"
stamps="$venv/.stamps"

say() { printf '\033[2m· %s\033[0m\n' "$*" >&2; }
die() { printf 'bootstrap: %s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else die "needs root or sudo to run: $*"
    fi
}

apt_updated=
apt_install() {
    command -v apt-get >/dev/null || die "please install $* (only Debian and Ubuntu are installed by themselves)"
    say "installing $* with apt-get"
    local log policy=/usr/sbin/policy-rc.d ours=
    log=$(mktemp)
    # Packages would start their system services; Evergreen runs private instances only.
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
        ours=1
    fi
    if { [ -n "$apt_updated" ] || as_root apt-get update -q; } >"$log" 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >>"$log" 2>&1; then
        apt_updated=1
    else
        tail -n 20 "$log" >&2
        [ -z "$ours" ] || as_root rm -f "$policy"
        die "apt-get could not install $*"
    fi
    [ -z "$ours" ] || as_root rm -f "$policy"
    rm -f "$log"
}

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        echo "$candidate"
        return
    done
    die "needs Python 3.11 or newer"
}

# Debian keeps server programs out of PATH.
have_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }
have_rabbitmq() { [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || command -v rabbitmq-server >/dev/null; }
have_fonts() {
    local noto=/usr/share/fonts/truetype/noto
    [ -e "$noto/NotoSerifThai-Regular.ttf" ] && [ -e "$noto/NotoColorEmoji.ttf" ] &&
        compgen -G '/usr/share/fonts/opentype/noto/NotoSerifCJK-*' >/dev/null
}
have_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }

# done_for NAME FILE...: succeeds if the step NAME was finished with these inputs in this folder.
fingerprint() { { echo "$PWD"; cat "$@"; } | sha256sum | cut -d' ' -f1; }
done_for() { local name=$1; shift; [ "$(cat "$stamps/$name" 2>/dev/null)" = "$(fingerprint "$@")" ]; }
mark() { local name=$1; shift; mkdir -p "$stamps"; fingerprint "$@" >"$stamps/$name.new"; mv "$stamps/$name.new" "$stamps/$name"; }

system_packages() {
    local missing=()
    have_rabbitmq || missing+=(rabbitmq-server)
    have_postgres || missing+=(postgresql)
    have_fonts || missing+=(fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji)
    if [ "${1:-}" = chromium ] && ! have_chromium; then missing+=(chromium); fi
    [ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}"
}

virtual_environment() {
    local python
    python=$(find_python)
    # After copying or moving a checkout, the scripts in .venv point to the old folder.
    if [ -d "$venv" ] && ! { "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
        done_for place /dev/null; }; then
        say "rebuilding .venv"
        rm -rf "$venv"
    fi
    if [ ! -d "$venv" ]; then
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            apt_install "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        say "making .venv"
        rm -rf "$venv.new"
        "$python" -m venv "$venv"
        mark place /dev/null
    fi
}

libraries() {
    if ! done_for uv requirements/uv.txt; then
        say "installing uv"
        "$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/uv.txt
        mark uv requirements/uv.txt
    fi
    if ! done_for libraries requirements/dev.txt; then
        say "installing libraries"
        rm -f "$stamps/packages"
        VIRTUAL_ENV="$venv" "$venv/bin/uv" pip sync --quiet --require-hashes requirements/dev.txt
        mark libraries requirements/dev.txt
    fi
    if ! done_for packages "${packages[@]}"; then
        say "installing Evergreen's own packages"
        local editable=()
        for package in "${packages[@]}"; do editable+=(-e "$(dirname "$package")"); done
        VIRTUAL_ENV="$venv" "$venv/bin/uv" pip install --quiet --no-deps --no-build-isolation "${editable[@]}"
        mark packages "${packages[@]}"
    fi
}

packages=(libs/common/pyproject.toml services/*/pyproject.toml deploy/local/pyproject.toml)
everything=(requirements/uv.txt requirements/dev.txt "${packages[@]}")

warm() {
    done_for all "${everything[@]}" && [ -x "$venv/bin/python" ] && have_rabbitmq && have_postgres && have_fonts &&
        { [ "${1:-}" != chromium ] || have_chromium; }
}

warm "${1:-}" && exit 0
# A second run waits for the first, because both would write the same files.
exec 9>"${TMPDIR:-/tmp}/evergreen-bootstrap-$(id -u).lock"
flock 9
warm "${1:-}" && exit 0
cold=
[ -d "$venv" ] || cold=1
virtual_environment
system_packages "${1:-}" &
servers=$!
trap 'wait "$servers"' EXIT
libraries
# On a new machine the web client is built meanwhile; `make up` waits for it. Its log is .run/logs/web-build.log.
if [ -n "$cold" ]; then
    say "building the web client in the background"
    "$venv/bin/python" -m local web >/dev/null 2>&1 9>&- &
fi
wait "$servers"
trap - EXIT
mark all "${everything[@]}"
