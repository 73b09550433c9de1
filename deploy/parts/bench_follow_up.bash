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
