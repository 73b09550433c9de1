# shellcheck shell=bash disable=SC2154 # the script that sources it sets what it expects
# The services on loopback. Expects $state, $bin and the functions of processes.bash.

services=(intake inventory fulfilment after-sales commission console)

# variable_of SERVICE SUFFIX: AFTER_SALES_HTTP_PORT of after-sales.
variable_of() {
    local name=${1^^}
    echo "${name//-/_}_$2"
}

# keep_running FILE COMMAND…: starts it again when it dies, until it ends by itself with status 0 or is asked to stop.
# The file holds the id of the process that does the work.
keep_running() {
    local file=$1 child status stopping=
    shift
    trap 'stopping=1; [[ -z ${child:-} ]] || kill -TERM "$child" 2>/dev/null || true' TERM INT
    while true; do
        "$@" &
        child=$!
        echo "$child" >"$file"
        status=0
        wait "$child" || status=$?
        # A signal ends the wait early: the child is waited for once more.
        while kill -0 "$child" 2>/dev/null; do
            status=0
            wait "$child" || status=$?
        done
        [[ -z $stopping && $status != 0 ]] || return "$status"
        # A wrong setting does not mend itself.
        ((status != 64)) || return 64
        echo "ended with status $status: started again"
        sleep 0.5
    done
}

# start_services: each with the settings that .run/env gave it.
start_services() {
    local service url port own
    for service in "${services[@]}"; do
        own=()
        [[ $service != intake ]] || own=(EDGE_PORT="$INTAKE_EDGE_PORT" EDGE_CHANNELS_FILE="$INTAKE_EDGE_CHANNELS_FILE")
        [[ $service != console ]] || own=(CONSOLE_PORT="$CONSOLE_PORT" CONSOLE_SHARE_URL="$CONSOLE_SHARE_URL")
        url=$(variable_of "$service" DATABASE_URL)
        port=$(variable_of "$service" HTTP_PORT)
        is_running "$service" || start_process "$service" env DATABASE_URL="${!url}" HTTP_PORT="${!port}" \
            INSTANCE_ID="${service}-1" CLOCK_SHIFT_ALLOWED=true LOG_FORMAT=text "${own[@]}" \
            bash -c "$(declare -f keep_running); keep_running \"\$@\"" _ \
            "$state/pid/$service.service" "$bin/$service" run
    done
    for service in "${services[@]}"; do
        port=$(variable_of "$service" HTTP_PORT)
        wait_for 60 "$service" is_ready "${!port}"
    done
}

# is_ready PORT: /readyz answers 200.
is_ready() {
    local line
    exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
    printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
    IFS= read -r -t 5 line <&3 || line=
    exec 3>&-
    [[ $line == *" 200 "* ]]
}

stop_services() {
    local service waiting=()
    for service in "${services[@]}"; do
        stop_process "$service" &
        waiting+=($!)
    done
    wait "${waiting[@]}"
    rm -f "$state"/pid/*.service
}
