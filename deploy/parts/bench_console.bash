# shellcheck shell=bash disable=SC2154 # the script that sources it sets what it expects
# What deploy/bench measures of the console: facts brought into the read tables, and pages over a year of orders.
# Expects the functions of deploy/bench and follow_up_once.

# console: the projection, then every page over a million orders.
console() {
    local facts=()
    for ((round = 1; round <= runs; round++)); do
        facts+=("$(follow_up_once console facts 400000)")
        echo "run $round: ${facts[-1]} facts/s into the read tables"
    done
    echo "median of $runs: $(median "${facts[@]}") facts/s into the read tables"
    console_pages "${BENCH_CONSOLE_ORDERS:-1000000}"
}

# console_pages ORDERS: that many orders in the read tables, and how long the pages take.
console_pages() {
    local orders=$1 url start port waiting=1
    on_server "$DATABASE_URL" "DROP DATABASE IF EXISTS bench_console"
    on_server "$DATABASE_URL" "CREATE DATABASE bench_console"
    url=$(administrator_url bench_console)
    export TOPIC_PREFIX=bench-console.
    DATABASE_URL=$url "$bin/ops" migrate >/dev/null
    DATABASE_URL=$url "$bin/ops" topics apply >/dev/null
    start=$SECONDS
    PGOPTIONS='--client-min-messages=warning' psql --quiet --set ON_ERROR_STOP=1 --set "orders=$orders" --dbname "$url" \
        --file "$root/Tests/Benchmarks/Console/million.sql"
    echo "console: $orders orders written in $((SECONDS - start)) s"
    (umask 077 && random_word >"$state/bench-password")
    DATABASE_URL=$url "$bin/ops" users create --name bench --role owner --scope all \
        --password-file "$state/bench-password" >/dev/null
    port=$(free_port)
    start=$SECONDS
    start_process console env DATABASE_URL="$(as_role "$url" console "$CONSOLE_PASSWORD")" HTTP_PORT=0 \
        CONSOLE_PORT="$port" INSTANCE_ID=console-bench LOG_FORMAT=text LOG_LEVEL=warning "$bin/console" run
    while ((waiting > 0 && SECONDS - start < 900)); do
        sleep 1
        waiting=$(on_server "$url" "SELECT count(*) FROM console.day_marks")
    done
    echo "console: figures of all days added up in $((SECONDS - start)) s"
    on_server "$url" "VACUUM ANALYZE"
    python3 "$root/Tests/Benchmarks/Console/pages.py" "http://127.0.0.1:$port" bench "$state/bench-password" "$orders" 400
    stop_process console
    rm "$state/bench-password"
    on_server "$DATABASE_URL" "DROP DATABASE bench_console WITH (FORCE)"
    unset TOPIC_PREFIX
}
