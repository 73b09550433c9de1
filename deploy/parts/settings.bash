# shellcheck shell=bash disable=SC2154 # the script that sources it sets what it expects
# .run/env: what other programs need to join. Expects $state, $services and random_word.

# read_settings: the lines of .run/env as variables, unless they are set already.
read_settings() {
    local name value
    [[ -s $state/env ]] || return 0
    while IFS='=' read -r name value; do
        [[ $name =~ ^[A-Z_]+$ && -z ${!name:-} ]] || continue
        export "$name=$value"
    done <"$state/env"
}

# as_role URL ROLE PASSWORD: the URL with another user.
as_role() {
    local rest=${1#*://}
    [[ $rest != *@* ]] || rest=${rest#*@}
    echo "postgresql://$2:$3@$rest"
}

# choose_settings: ports and passwords of the services, kept from one start to the next.
choose_settings() {
    local service name role
    for service in "${services[@]}"; do
        name=$(variable_of "$service" HTTP_PORT)
        [[ -n ${!name:-} ]] || export "$name=$(free_port)"
        name=$(variable_of "$service" PASSWORD)
        [[ -n ${!name:-} ]] || export "$name=$(random_word)"
        role=${service//-/_}
        export "$(variable_of "$service" DATABASE_URL)=$(as_role "$DATABASE_URL" "$role" "${!name}")"
    done
    choose_parties_key
}

# choose_parties_key: what wraps the keys of buyers' personal data. It stays as long as the database does: without it
# nothing that was sealed can be opened.
choose_parties_key() {
    : "${PARTIES_MASTER_KEY_FILE:=$state/parties-master-key}"
    export PARTIES_MASTER_KEY_FILE
    [[ -s $PARTIES_MASTER_KEY_FILE ]] ||
        (umask 077 && printf 'k1:%s\n' "$(head -c 32 /dev/urandom | base64 -w 0)" >"$PARTIES_MASTER_KEY_FILE")
}

# choose_edge: the edge's port, and what the demo's channels sign with, kept from one start to the next.
choose_edge() {
    local channel comma=''
    [[ -n ${INTAKE_EDGE_PORT:-} ]] || INTAKE_EDGE_PORT=$(free_port)
    : "${INTAKE_EDGE_CHANNELS_FILE:=$state/edge-channels.json}"
    export INTAKE_EDGE_PORT INTAKE_EDGE_CHANNELS_FILE
    [[ ! -s $INTAKE_EDGE_CHANNELS_FILE ]] || return 0
    (
        umask 077
        {
            echo '{"channels":['
            for channel in wechat-mini h5-mall agent-east tiktok-live; do
                printf '%s{"channel":"%s","secrets":["whsec_%s"]}\n' "$comma" "$channel" \
                    "$(head -c 32 /dev/urandom | base64 -w 0)"
                comma=,
            done
            echo ']}'
        } >"$INTAKE_EDGE_CHANNELS_FILE"
    )
}

# choose_console: the port of the console's pages, and what the demo's distributors share.
choose_console() {
    [[ -n ${CONSOLE_PORT:-} ]] || CONSOLE_PORT=$(free_port)
    : "${CONSOLE_SHARE_URL:=https://h5-mall.example.com/?from={memberId\}}"
    export CONSOLE_PORT CONSOLE_SHARE_URL
}

# write_settings: readable for their owner alone, because they hold passwords.
write_settings() {
    local service name
    (
        umask 077
        {
            echo "KAFKA_BOOTSTRAP_SERVERS=$KAFKA_BOOTSTRAP_SERVERS"
            echo "TOPIC_PREFIX=${TOPIC_PREFIX:-}"
            echo "DATABASE_URL=$DATABASE_URL"
            echo "NOIDA_BINARY=${NOIDA_BINARY:-}"
            echo "PARTIES_MASTER_KEY_FILE=$PARTIES_MASTER_KEY_FILE"
            echo "INTAKE_EDGE_PORT=$INTAKE_EDGE_PORT"
            echo "INTAKE_EDGE_CHANNELS_FILE=$INTAKE_EDGE_CHANNELS_FILE"
            echo "CONSOLE_PORT=$CONSOLE_PORT"
            echo "CONSOLE_SHARE_URL=$CONSOLE_SHARE_URL"
            for service in "${services[@]}"; do
                for name in HTTP_PORT PASSWORD DATABASE_URL; do
                    name=$(variable_of "$service" "$name")
                    echo "$name=${!name}"
                done
            done
        } >"$state/env.new"
    )
    mv "$state/env.new" "$state/env"
}
