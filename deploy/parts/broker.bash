# shellcheck shell=bash disable=SC2154 # the script that sources it sets what it expects
# The embedded broker on loopback. Expects $state, $bin, NOIDA_BINARY and the functions of processes.bash.

# start_broker: sets KAFKA_BOOTSTRAP_SERVERS.
start_broker() {
    [[ -s $state/kafka.port ]] || free_port >"$state/kafka.port"
    local port
    port=$(<"$state/kafka.port")
    export KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:$port
    is_running broker || start_process broker "$bin/ops" broker --port "$port" --data-dir "$state/kafka" \
        --noida "$NOIDA_BINARY"
    wait_for 30 "the broker" "$bin/ops" topics list
}

stop_broker() { stop_process broker; }
