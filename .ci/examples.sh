# The stand-alone examples as a user meets them: the library installed and each one started by the page's commands. A
# message goes through it: one in, one out, and what it remembers on a page.

examples() {
    local checks=0 wrong=0 port
    local lines=$room/example.log place=$room/examples repository=$home/repository
    at_a_terminal all_examples
}

all_examples() {
    local http
    type_in "$(grep -m 1 -o 'mvn install -DskipTests' src/site/markdown/getting-started.md) -Dstyle.color=never"
    await "the library is installed" 900 'BUILD SUCCESS'
    check_gone "mvn install"

    example weld-se ''
    type_in "$(grep -o 'mvn -f examples/weld-se test' examples/weld-se/README.md) -Dstyle.color=never"
    await "weld-se: its tests run" 300 'Tests run: 4, Failures: 0, Errors: 0, Skipped: 0'
    check_gone "mvn test"
    http=$(free_port)
    example wildfly "-Dwildfly.javaOpts=-Djboss.socket.binding.port-offset=$((http - 8080))" page
    http=$(free_port)
    example payara "-Dhttp.port=$http" page healthy
    http=$(free_port)
    example openliberty "-Dliberty.var.http.port=$http" page healthy

    http=$(free_port)
    example quarkus '' page
    type_in "$(grep -o 'mvn -f examples/quarkus test' examples/quarkus/README.md) -Dstyle.color=never"
    await "quarkus: its tests run" 300 'Tests run: 4, Failures: 0, Errors: 0, Skipped: 0'
    check_gone "mvn test"
}

# example NAME OPTIONS [page [healthy]]
example() {
    local started=$SECONDS
    type_in "env MQTT_BROKER_URL=tcp://127.0.0.1:$port QUARKUS_HTTP_PORT=${http:-} $(grep "^mvn -f examples/$1 " src/site/markdown/getting-started.md) $2 -Dstyle.color=never"
    retry "$1: a message in, a message out" 120 alarm
    say "Answered after $((SECONDS - started)) s"
    [ -z "${3:-}" ] || retry "$1: the page shows it" 20 page /climate/rooms '"kitchen":60.0'
    if [ "${4:-}" = healthy ]; then
        retry "$1: it is ready" 20 page /health/ready '"name":"mqtt default","status":"UP"'
        retry "$1: it counts" 20 page /metrics 'mqtt_handling_messages{broker="default",filter="home/+/temp"'
    fi
    printf '\003' >&4
    check_gone "Ctrl-C"
}

# A mosquitto_sub that hears the alarm after a mosquitto_pub of too high a temperature.
alarm() {
    local hears result=0
    mosquitto_sub -h 127.0.0.1 -p "$port" -t home/kitchen/alarm -C 1 -W 2 2> /dev/null 4>&- &
    hears=$!
    sleep 0.5
    mosquitto_pub -h 127.0.0.1 -p "$port" -t home/kitchen/temp -m 60
    wait "$hears" || result=$?
    return "$result"
}

# page PATH TEXT: the answer of the example's server has this text.
page() {
    (
        exec 5<> "/dev/tcp/127.0.0.1/$http"
        printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$1" "$http" >&5
        timeout 20 grep -m 1 -F "$2" <&5
    ) 2> /dev/null
}

# retry WHAT TIMES COMMAND...
retry() {
    local what=$1 tries=$2
    shift 2
    until "$@" > /dev/null || [ "$tries" = 0 ]; do
        tries=$((tries - 1))
        sleep 1
    done
    check "$what" test "$tries" != 0
}
