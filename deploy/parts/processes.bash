# shellcheck shell=bash disable=SC2154 # the script that sources it sets what it expects
# Starts, records and stops processes. Expects $state, the folder that remembers them: one file `NAME.pid` each, with
# the process id and when the kernel started it, so that a number that was given to another process is never hit.

started_at() {
    # Field 22 of proc(5) stat, behind the name in brackets, which may hold anything.
    local stat fields
    stat=$(<"/proc/$1/stat") 2>/dev/null || return 1
    stat=${stat##*) }
    read -r -a fields <<<"$stat"
    echo "${fields[19]}"
}

# start_process NAME COMMAND…: runs it in a session of its own with its output in log/NAME.log. It does not inherit the
# caller's lock (descriptor 9), which would otherwise be held for as long as it runs.
start_process() {
    local name=$1
    shift
    mkdir -p "$state/log" "$state/pid"
    # shellcheck disable=SC2016 # the inner shell expands it
    setsid --fork bash -c 'echo $$ >"$1.new"; shift; exec "$@"' _ "$state/pid/$name" "$@" \
        </dev/null >>"$state/log/$name.log" 2>&1 9>&-
    for _ in {1..100}; do
        [[ -s $state/pid/$name.new ]] && break
        sleep 0.05
    done
    local pid
    pid=$(<"$state/pid/$name.new")
    rm "$state/pid/$name.new"
    record_process "$name" "$pid"
}

record_process() {
    mkdir -p "$state/pid"
    echo "$2 $(started_at "$2" || echo gone)" >"$state/pid/$1.pid"
}

# is_running NAME: whether the process that was recorded under that name still lives.
is_running() {
    local pid start
    [[ -s $state/pid/$1.pid ]] || return 1
    read -r pid start <"$state/pid/$1.pid"
    [[ $(started_at "$pid" 2>/dev/null || true) == "$start" ]]
}

# stop_process NAME [SIGNAL]: asks it to end, waits 25 seconds, then kills it.
stop_process() {
    local name=$1 signal=${2:-TERM} pid rest
    if is_running "$name"; then
        read -r pid rest <"$state/pid/$name.pid"
        kill -s "$signal" "$pid" 2>/dev/null || true
        for _ in {1..250}; do
            is_running "$name" || break
            sleep 0.1
        done
        if is_running "$name"; then
            echo "$name does not stop: killed" >&2
            kill -s KILL -- "-$pid" 2>/dev/null || true
        fi
    fi
    rm -f "$state/pid/$name.pid"
}

# wait_for SECONDS WHAT COMMAND…: until the command succeeds.
wait_for() {
    local limit=$1 what=$2 deadline
    shift 2
    deadline=$((SECONDS + limit))
    until "$@" >/dev/null 2>&1; do
        if ((SECONDS >= deadline)); then
            echo "$what: not there after $limit s; see $state/log" >&2
            return 1
        fi
        sleep 0.1
    done
}

free_port() {
    # Below the range that the kernel hands out to clients, so that nobody takes it in between.
    local port
    for _ in {1..100}; do
        port=$((10240 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return 0; }
    done
    echo "no free port" >&2
    return 1
}
