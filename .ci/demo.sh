# The demos as a user meets them: the README's command in a fresh checkout, typed into a terminal and ended there.

demo() {
    local checks=0 wrong=0 port
    local lines=$room/demo.log place=$room/demo repository=$room/repository
    at_a_terminal demos
}

demos() {
    dashboard_demo "$(grep -m 1 '^mvn .*-f examples' README.md)"
    house_demo "$(grep -m 1 '^mvn .*-f examples' examples/house/README.md)"
}

# at_a_terminal COMMAND: runs it with a fresh checkout in $place, a terminal, and a Mosquitto on $port; reports the checks.
at_a_terminal() {
    local keys=$place.keys
    check_out "$place"
    mkfifo "$keys"
    exec 4<> "$keys"
    port=$(free_port)
    printf '%s\n' "listener $port 127.0.0.1" 'allow_anonymous true' > "$room/mosquitto.conf"
    /usr/sbin/mosquitto -c "$room/mosquitto.conf" > "$room/mosquitto.log" 2>&1 4>&- &
    local mosquitto=$!
    "$1"
    kill "$mosquitto"

    exec 4>&-
    report "$1"
}

dashboard_demo() {
    local started=$SECONDS end='The dashboard has ended\.$'
    type_in "$1"
    await "it prints its address" 600 '^Dashboard: http://127\.0\.0\.1:[0-9]+/ '
    say "Address after $((SECONDS - started)) s, $(after_download) s after the last download"
    check "the page is there" request / '<title>MQTT dashboard</title>'
    check "values arrive" request /live '"topic":"home/kitchen/temp"'
    mosquitto_pub -h 127.0.0.1 -p "$(own_broker)" -t home/attic/temp -m 60
    check "it hears mosquitto_pub" request /live '"topic":"home/attic/temp","text":"60"'
    printf '\003' >&4
    check_end "Ctrl-C" "$end"

    type_in "$1 -o -Dmqtt.broker-url=tcp://127.0.0.1:$port"
    await "it prints its address" 120 '^Dashboard: '
    check "it starts no broker of its own then" not grep -q '^Broker on port' "$lines"
    check "it is connected to the one outside" request /live "Connected to tcp://127.0.0.1:$port "
    pkill -TERM -u "$builder" java
    check_end "SIGTERM" "$end"
}

house_demo() {
    local end='Disconnected\.$'
    type_in "$1"
    await "it prints what arrives" 600 '^(kitchen|bathroom|living-room) +[0-9]+\.[0-9] C'
    publish "$(own_broker)"
    printf '\003' >&4
    check_end "Ctrl-C" "$end"

    type_in "$1 -o -Dmqtt.broker-url=tcp://127.0.0.1:$port"
    await "it connects to a broker outside" 120 "^Connected to tcp://127.0.0.1:$port "
    check "it starts none of its own then" not grep -q '^Broker on port' "$lines"
    publish "$port"
    pkill -TERM -u "$builder" java
    check_end "SIGTERM" "$end"
}

own_broker() { grep -oE 'mosquitto_pub -p [0-9]+' "$lines" | grep -oE '[0-9]+$'; }

after_download() { say $(($(date +%s) - $(find "$repository" -type f -printf '%Ts\n' | sort -n | tail -1))); }

# request PATH TEXT: the page's server sends a line with this text, within 20 s.
request() {
    local page
    page=$(grep -oE '^Dashboard: http://[0-9.]+:[0-9]+' "$lines" | grep -oE '[0-9]+$')
    (
        exec 5<> "/dev/tcp/127.0.0.1/$page"
        printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n\r\n' "$1" "$page" >&5
        timeout 20 grep -m 1 -F "$2" <&5
    )
}

# type_in COMMAND: runs it in a terminal of its own, as the ordinary user, with SIGINT as a shell gives it to a command.
type_in() {
    say "\$ $1"
    : > "$lines"
    runuser -u "$builder" -- env -i --default-signal=INT HOME="$home" PATH="$jdk17/bin:/usr/local/bin:/usr/bin:/bin" \
        LANG=C.UTF-8 JAVA_HOME="$jdk17" TERM=dumb timeout --foreground --kill-after=10 900 \
        script -qec "cd $place && exec $1 -Dmaven.repo.local=$repository" /dev/null <&4 2>&1 4>&- | sed -u 's/\r$//' > "$lines" 4>&- &
}

publish() {
    mosquitto_pub -h 127.0.0.1 -p "$1" -t home/attic/temp -m 60
    await "it hears mosquitto_pub" 20 '^attic +60.0 C'
    await "it raises the alarm" 20 '^ALARM in the attic'
}

# check_end HOW REGEX: all processes are gone soon, and it said nothing but goodbye, which is a line like that.
check_end() {
    check_gone "$1"
    await "it says goodbye" 5 "$2"
    check "it complains of nothing" not grep -E 'ERROR|SEVERE|WARN|Exception|^[[:space:]]+at ' "$lines"
}

check_gone() {
    local tries=200
    while pgrep -u "$builder" > /dev/null && [ "$tries" -gt 0 ]; do
        tries=$((tries - 1))
        sleep 0.1
    done
    say "$(((200 - tries) * 100)) ms after $1:"
    tail -n 30 "$lines" | sed 's/^/    /'
    check "no process is left after $1" not pgrep -u "$builder"
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

# report NAME: what was checked, as if by Failsafe. Fails if something was wrong.
report() {
    mkdir -p "$checkout/target/failsafe-reports"
    say "<testsuite name=\"$1\" tests=\"$checks\" failures=\"$wrong\">" > "$checkout/target/failsafe-reports/TEST-$1.xml"
    [ "$wrong" = 0 ]
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
    while port=$((20000 + 12000 * (lane - 1) / lanes + RANDOM % (12000 / lanes))) && (exec 5<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do :; done
    say "$port"
}
