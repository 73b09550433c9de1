# shellcheck shell=bash disable=SC2154 # the script that sources it sets what it expects
# What deploy/bench measures of inventory: forecasts, routes, a flash sale. Expects the functions of deploy/bench.

# forecast: public series beside AutoETS and CrostonOptimized, then 10,000 SKUs of two years.
forecast() {
    "$bin/Benchmarks" forecast Tests/InventoryDomainTests/Fixtures/forecasts.json
    echo "10,000 SKUs of 730 days, all methods with back-test: $("$bin/Benchmarks" forecasts 10000 730 2)"
}

# routes: random orders beside the optimum of CP-SAT, within and beyond the range of exact search.
routes() {
    [[ -x $state/solver/bin/python ]] || python3 -m venv "$state/solver"
    "$state/solver/bin/python" -c 'import ortools' 2>/dev/null || "$state/solver/bin/pip" install --quiet ortools==9.15.6755
    echo "3 lines over 10 warehouses: $("$bin/Benchmarks" route 20000)"
    echo "1 to 10 warehouses, 1 to 20 lines:  $("$bin/Benchmarks" routes 500 1 10 1 |
        "$state/solver/bin/python" deploy/parts/route_optimum.py)"
    echo "11 to 40 warehouses, 1 to 20 lines: $("$bin/Benchmarks" routes 500 11 40 2 |
        "$state/solver/bin/python" deploy/parts/route_optimum.py)"
}

# start_inventories NAME: four instances on fresh schemas and topics; sets flash_database.
start_inventories() {
    local number password
    on_server "$DATABASE_URL" "DROP DATABASE IF EXISTS bench_flash"
    on_server "$DATABASE_URL" "CREATE DATABASE bench_flash"
    flash_database=$(administrator_url bench_flash)
    export TOPIC_PREFIX="flash-$1."
    DATABASE_URL=$flash_database "$bin/ops" migrate >/dev/null
    DATABASE_URL=$flash_database "$bin/ops" topics apply >/dev/null
    password=$INVENTORY_PASSWORD
    for number in 1 2 3 4; do
        start_process "inventory-$number" env DATABASE_URL="$(as_role "$flash_database" inventory "$password")" \
            HTTP_PORT=0 INSTANCE_ID="inventory-$number" LOG_FORMAT=text LOG_LEVEL=warning bash -c \
            "$(declare -f keep_running); keep_running \"\$@\"" _ "$state/pid/inventory-$number.service" \
            "$bin/inventory" run
    done
}

stop_inventories() {
    local number
    for number in 1 2 3 4; do stop_process "inventory-$number"; done
    on_server "$DATABASE_URL" "DROP DATABASE bench_flash WITH (FORCE)"
    unset TOPIC_PREFIX
    stop_broker
    rm -rf "$state/kafka"
    start_broker
}

# kill_inventories FILE: one of the four every two seconds, without a warning, until the file is there.
kill_inventories() {
    local kills=0
    while [[ ! -e $1 ]] && ((kills < 100)); do
        sleep 2
        kill -KILL "$(<"$state/pid/inventory-$((RANDOM % 4 + 1)).service")" 2>/dev/null && kills=$((kills + 1))
    done
    echo "$kills" >"$1.kills"
}

# flash_once PUBLISHERS: 10,000 units, 100,000 orders of 1 to 3, four instances of inventory; sets flash_line.
flash_once() {
    flash_line=$("$bin/Benchmarks" flash "$KAFKA_BOOTSTRAP_SERVERS" "$TOPIC_PREFIX" "$flash_database" 100000 10000 "$1")
}

# flash: 8 and 256 publishers in turn, then 256 with instances dying meanwhile.
flash() {
    local killer publishers rates=() crowded=() ratios=()
    for ((round = 1; round <= runs; round++)); do
        for publishers in 8 256; do
            start_inventories "$publishers-$round"
            flash_once "$publishers"
            echo "flash sale: $flash_line"
            stop_inventories
            if ((publishers == 8)); then rates+=("$(field decisionsPerSecond <<<"$flash_line")")
            else crowded+=("$(field decisionsPerSecond <<<"$flash_line")"); fi
        done
        ratios+=("$(awk -v a="${rates[-1]}" -v b="${crowded[-1]}" 'BEGIN { printf "%.2f", b / a }')")
    done
    echo "flash sale, median of $runs: 8 publishers $(median "${rates[@]}") decisions/s," \
        "256 publishers $(median "${crowded[@]}"), ratio of a pair $(median "${ratios[@]}") (${ratios[*]})"
    start_inventories kills
    rm -f "$state/flash-over" "$state/flash-over.kills"
    kill_inventories "$state/flash-over" &
    killer=$!
    flash_once 256
    touch "$state/flash-over"
    wait "$killer"
    echo "flash sale, $(<"$state/flash-over.kills") instances killed meanwhile: $flash_line"
    stop_inventories
}
