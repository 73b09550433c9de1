# shellcheck shell=bash disable=SC2154 # the script that sources it sets what it expects
# The console's logins of the demo, one for each ready role. Expects $state, $bin and random_word.

login_roles=(owner channel-manager warehouse support finance distributor auditor)

# login_scope ROLE: the part of the demo's mall that the role sees, as options of `ops users create`.
login_scope() {
    case $1 in
        channel-manager) echo --scope channels --value wechat-mini --value h5-mall ;;
        warehouse) echo --scope warehouses --value hangzhou ;;
        distributor) echo --scope downline --value T1 ;;
        *) echo --scope all ;;
    esac
}

# make_logins: with passwords made up once and kept, readable for their owner alone, in .run/logins.
make_logins() {
    local role password known options
    known=$("$bin/ops" users list --json)
    (umask 077 && touch "$state/logins")
    for role in "${login_roles[@]}"; do
        if [[ $known == *"\"name\":\"$role\""* ]]; then
            ! grep -q "^$role " "$state/logins" || continue
            password=$(random_word)
            # Another checkout made this user: the password has to be changed at the first sign-in.
            "$bin/ops" users reset "$role" <<<"$password" >/dev/null
        else
            password=$(random_word)
            read -r -a options < <(login_scope "$role")
            "$bin/ops" users create --name "$role" --role "$role" "${options[@]}" <<<"$password" >/dev/null
        fi
        sed -i "/^$role /d" "$state/logins"
        echo "$role $password" >>"$state/logins"
    done
}

print_logins() {
    local role password
    echo "console: http://127.0.0.1:$CONSOLE_PORT  (users and passwords, also in .run/logins)"
    while read -r role password; do printf '  %-16s %s\n' "$role" "$password"; done <"$state/logins"
}
