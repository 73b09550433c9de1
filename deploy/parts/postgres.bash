# shellcheck shell=bash disable=SC2154 # the script that sources it sets what it expects
# A private PostgreSQL cluster on loopback. Expects $state and the functions of processes.bash; with $is_short_lived nothing
# of it has to outlive the machine.

postgres_bin=/usr/lib/postgresql/15/bin

# PostgreSQL refuses to run as root: then it runs as the user that Debian's package makes.
as_database_user() {
    if ((EUID == 0)); then
        setpriv --reuid=postgres --regid=postgres --clear-groups env HOME=/tmp "$@"
    else
        "$@"
    fi
}

# Its folder must be reachable for that user, which a checkout under /root is not.
database_folder() {
    if [[ -s $state/postgres.folder ]]; then
        cat "$state/postgres.folder"
    elif ((EUID == 0)) && ! setpriv --reuid=postgres --regid=postgres --clear-groups test -x "$state"; then
        mktemp -d /var/tmp/tributary-postgres.XXXXXX | tee "$state/postgres.folder"
    else
        echo "$state/postgres" | tee "$state/postgres.folder"
    fi
}

# start_database: makes the cluster if there is none, starts it, sets DATABASE_URL to its administrator's.
start_database() {
    local folder port password
    folder=$(database_folder)
    if [[ ! -s $folder/data/PG_VERSION ]]; then
        mkdir -p "$folder"
        password=$(random_word)
        (umask 077 && echo "$password" | tee "$state/postgres.password" >"$folder/password")
        free_port >"$state/postgres.port"
        ((EUID != 0)) || chown -R postgres: "$folder"
        chmod 700 "$folder"
        as_database_user "$postgres_bin/initdb" --pgdata="$folder/data" --username=administrator --encoding=UTF8 \
            --locale=C.UTF-8 --lc-collate=C --auth=scram-sha-256 --pwfile="$folder/password" \
            >"$state/log/initdb.log" 2>&1 ||
            { tail -n 20 "$state/log/initdb.log" >&2; return 1; }
        rm "$folder/password"
        as_database_user tee -a "$folder/data/postgresql.conf" >/dev/null <<SETTINGS
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 200
shared_buffers = 512MB
max_wal_size = 2GB
checkpoint_timeout = 15min
wal_compression = on
fsync = on
synchronous_commit = on
timezone = 'UTC'
log_timezone = 'UTC'
SETTINGS
        [[ -z ${is_short_lived-} ]] || as_database_user tee -a "$folder/data/postgresql.conf" >/dev/null <<SETTINGS
fsync = off
full_page_writes = off
SETTINGS
    fi
    port=$(<"$state/postgres.port")
    password=$(<"$state/postgres.password")
    if ! is_running postgres; then
        rm -f "$folder/data/postmaster.pid"
        if ((EUID == 0)); then
            start_process postgres setpriv --reuid=postgres --regid=postgres --clear-groups \
                "$postgres_bin/postgres" -D "$folder/data" -p "$port"
        else
            start_process postgres "$postgres_bin/postgres" -D "$folder/data" -p "$port"
        fi
    fi
    wait_for 60 PostgreSQL "$postgres_bin/pg_isready" -q -h 127.0.0.1 -p "$port"
    export DATABASE_URL="postgresql://administrator:$password@127.0.0.1:$port/postgres"
}

# stop_database: a fast shutdown, which rolls back what is open.
stop_database() { stop_process postgres INT; }

random_word() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
