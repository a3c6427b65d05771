# The demo as a user meets it: the README's command in a fresh checkout, typed into a terminal and ended there.

demo() {
    local command checks=0 wrong=0 started port
    local lines=$work/demo.log keys=$work/keys repository=$work/home/demo-repository
    command=$(grep -m 1 '^mvn .*-f examples' README.md)
    rm -rf "$work/checkout/target/surefire-reports" "$work/checkout/target/failsafe-reports"
    check_out "$work/demo"
    mkfifo "$keys"
    exec 4<> "$keys"

    type_in "$command"
    started=$SECONDS
    await "it prints what arrives" 600 '^(kitchen|bathroom|living-room) +[0-9]+\.[0-9] C'
    local downloaded
    downloaded=$(find "$repository" -type f -printf '%Ts\n' | sort -n | tail -1)
    say "First live line after $((SECONDS - started)) s, $(($(date +%s) - downloaded)) s after the last download"
    port=$(grep -oE 'mosquitto_pub -p [0-9]+' "$lines" | grep -oE '[0-9]+$')
    publish "$port"
    printf '\003' >&4
    check_end "Ctrl-C"

    port=$(free_port)
    printf '%s\n' "listener $port 127.0.0.1" 'allow_anonymous true' > "$work/mosquitto.conf"
    /usr/sbin/mosquitto -c "$work/mosquitto.conf" > "$work/mosquitto.log" 2>&1 4>&- &
    local mosquitto=$!
    type_in "$command -o -Dmqtt.broker-url=tcp://127.0.0.1:$port"
    await "it connects to a broker outside" 120 "^Connected to tcp://127.0.0.1:$port "
    check "it starts none of its own then" not grep -q '^Broker on port' "$lines"
    publish "$port"
    pkill -TERM -u "$builder" java
    check_end "SIGTERM"
    kill "$mosquitto"

    exec 4>&-
    mkdir -p "$work/checkout/target/failsafe-reports"
    say "<testsuite name=\"demo\" tests=\"$checks\" failures=\"$wrong\">" > "$work/checkout/target/failsafe-reports/TEST-demo.xml"
    chown -R "$builder:" "$work/checkout/target"
    [ "$wrong" = 0 ]
}

# type_in COMMAND: runs it in a terminal of its own, as the ordinary user, with SIGINT as a shell gives it to a command.
type_in() {
    say "\$ $1"
    : > "$lines"
    runuser -u "$builder" -- env -i --default-signal=INT HOME="$work/home" PATH="$jdk17/bin:/usr/local/bin:/usr/bin:/bin" \
        LANG=C.UTF-8 JAVA_HOME="$jdk17" TERM=dumb timeout --foreground --kill-after=10 900 \
        script -qec "cd $work/demo && exec $1 -Dmaven.repo.local=$repository" /dev/null <&4 2>&1 4>&- | sed -u 's/\r$//' > "$lines" 4>&- &
}

publish() {
    mosquitto_pub -h 127.0.0.1 -p "$1" -t home/attic/temp -m 60
    await "it hears mosquitto_pub" 20 '^attic +60.0 C'
    await "it raises the alarm" 20 '^ALARM in the attic'
}

# check_end HOW: all processes are gone soon, and it said nothing but goodbye.
check_end() {
    local tries=200
    while pgrep -u "$builder" > /dev/null && [ "$tries" -gt 0 ]; do
        tries=$((tries - 1))
        sleep 0.1
    done
    say "$(((200 - tries) * 100)) ms after $1:"
    sed 's/^/    /' "$lines"
    check "no process is left after $1" not pgrep -u "$builder"
    await "it disconnects at the end" 5 'Disconnected\.$'
    check "it complains of nothing" not grep -E 'ERROR|SEVERE|WARN|Exception|^[[:space:]]+at ' "$lines"
}

# await WHAT SECONDS REGEX: a line of the demo.
await() {
    local tries=$(($2 * 5))
    until grep -qE "$3" "$lines" || [ "$tries" = 0 ]; do
        tries=$((tries - 1))
        sleep 0.2
    done
    check "$1" grep -qE "$3" "$lines"
}

# check WHAT COMMAND...
check() {
    local what=$1 result=ok
    shift
    "$@" > /dev/null || result=wrong
    checks=$((checks + 1))
    [ "$result" = ok ] || wrong=$((wrong + 1))
    say "$result: $what"
}

not() { ! "$@"; }

free_port() {
    local port
    while port=$((20000 + RANDOM % 10000)) && (exec 5<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do :; done
    say "$port"
}
