# shellcheck shell=bash disable=SC2154 # the script that sources it sets what it expects
# What deploy/bench measures after an order: carriers' scans, decisions on cases. Expects the functions of deploy/bench.

# follow_up_once SERVICE GOAL COUNT: one service on fresh schemas and topics; prints how many a second.
follow_up_once() {
    local service=$1 goal=$2 count=$3 url password
    password=$(variable_of "$service" PASSWORD)
    on_server "$DATABASE_URL" "DROP DATABASE IF EXISTS bench_follow_up"
    on_server "$DATABASE_URL" "CREATE DATABASE bench_follow_up"
    url=$(administrator_url bench_follow_up)
    export TOPIC_PREFIX="bench-$goal-$round."
    DATABASE_URL=$url "$bin/ops" migrate >/dev/null
    DATABASE_URL=$url "$bin/ops" topics apply >/dev/null
    start_process "$service" env DATABASE_URL="$(as_role "$url" "${service//-/_}" "${!password}")" HTTP_PORT=0 \
        INSTANCE_ID="$service-$goal" LOG_FORMAT=text LOG_LEVEL=warning "$bin/$service" run
    "$bin/Benchmarks" follow-up "$KAFKA_BOOTSTRAP_SERVERS" "$TOPIC_PREFIX" "$url" "$goal" "$count" | field perSecond
    stop_process "$service"
    on_server "$DATABASE_URL" "DROP DATABASE bench_follow_up WITH (FORCE)"
    unset TOPIC_PREFIX
    stop_broker
    rm -rf "$state/kafka"
    start_broker
}

# commission: orders booked over 3 and over 10 levels, then a month of 1,000,000 entries closed.
commission() {
    local three=() ten=() close=()
    for ((round = 1; round <= runs; round++)); do
        three+=("$(follow_up_once commission commission3 40000)")
        ten+=("$(follow_up_once commission commission10 20000)")
        echo "run $round: ${three[-1]} orders/s over 3 levels, ${ten[-1]} over 10"
        close+=("$(month_close)")
        echo "run $round: month closed in ${close[-1]} s"
    done
    echo "median of $runs: $(median "${three[@]}") and $(median "${ten[@]}") orders booked/s, month closed in $(median "${close[@]}") s"
}

# month_close: seconds from the command until 100,000 members have their statements of 1,000,000 entries.
month_close() {
    local url start open=1
    on_server "$DATABASE_URL" "DROP DATABASE IF EXISTS bench_follow_up"
    on_server "$DATABASE_URL" "CREATE DATABASE bench_follow_up"
    url=$(administrator_url bench_follow_up)
    export TOPIC_PREFIX="bench-close-$round."
    DATABASE_URL=$url "$bin/ops" migrate >/dev/null
    DATABASE_URL=$url "$bin/ops" topics apply >/dev/null
    on_server "$url" "SET search_path = commission;
        INSERT INTO journals (journal_id, order_id, kind, cause, booked_at, currency, total)
        SELECT 'O' || n || '-J1', 'O' || n, 'mature', 'accrual-1', '2026-10-15T00:00:00Z', 'CNY', 100
        FROM generate_series(1, 1000000) AS n;
        INSERT INTO entries (journal_id, account, member_id, amount)
        SELECT 'O' || n || '-J1', a.account, 'M' || n % 100000, a.amount
        FROM generate_series(1, 1000000) AS n, (VALUES ('available', 100), ('frozen', -100)) AS a(account, amount);
        INSERT INTO turnovers SELECT 'O' || n, 1, 'M' || n % 100000, 'M' || n % 1000, 'CNY', 1000, '2026-10-15T00:00:00Z'
        FROM generate_series(1, 1000000) AS n;
        ANALYZE journals; ANALYZE entries; ANALYZE turnovers"
    start_process commission env DATABASE_URL="$(as_role "$url" commission "$COMMISSION_PASSWORD")" HTTP_PORT=0 \
        INSTANCE_ID=commission-close LOG_FORMAT=text LOG_LEVEL=warning "$bin/commission" run
    start=$(date +%s.%N)
    DATABASE_URL=$url "$bin/ops" settle 2026-10 --reason bench >/dev/null
    while ((open > 0)); do
        sleep 0.5
        open=$(on_server "$url" "SELECT (SELECT count(*) FROM commission.closings WHERE done_at IS NULL)
            + (SELECT count(*) FROM commission.settlements WHERE settled_at IS NULL)")
    done
    echo "$(date +%s.%N) $start" | awk '{ printf "%.1f", $1 - $2 }'
    stop_process commission
    on_server "$DATABASE_URL" "DROP DATABASE bench_follow_up WITH (FORCE)"
    unset TOPIC_PREFIX
}

# follow_up: 40,000 scans of 5,000 parcels; 20,000 requests for a small refund, each approved by rule.
follow_up() {
    local scans=() cases=()
    for ((round = 1; round <= runs; round++)); do
        scans+=("$(follow_up_once fulfilment scans 40000)")
        cases+=("$(follow_up_once after-sales cases 20000)")
        echo "run $round: ${scans[-1]} scans/s, ${cases[-1]} cases/s"
    done
    echo "median of $runs: $(median "${scans[@]}") scans/s, $(median "${cases[@]}") cases decided/s"
}
