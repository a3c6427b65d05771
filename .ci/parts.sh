# Each part of the tests, once: what it proves, what it needs, how it runs. .ci/run and .ci/full choose among them.

. .ci/machine.sh
. .ci/reports.sh
. .ci/docker.sh
. .ci/demo.sh
. .ci/browser.sh
. .ci/databases.sh
. .ci/examples.sh
. .ci/mqttjs.sh
. .ci/release.sh
. .ci/first-steps.sh
. .ci/benchmark.sh

declare -A title=() packages=() command=() alone=()
names=()

# part NAME PACKAGES TITLE COMMAND...: PACKAGES are Debian's, '-' for none; "alone" among them says that it measures time.
part() {
    local each
    names+=("$1")
    for each in $2; do
        case $each in
            -) ;;
            alone) alone[$1]=yes ;;
            *) packages[$1]+="$each " ;;
        esac
    done
    title[$1]=$3
    command[$1]=$(printf '%q ' "${@:4}")
}

part verify - "JDK 17, Weld 6.0, embedded Artemis, empty local repository, no server installed: mvn -B verify" \
    without_servers verify
part demo 'mosquitto mosquitto-clients' "JDK 17, the README's demos in a fresh checkout, empty local repository; then against Debian's Mosquitto" \
    demo
part examples 'mosquitto mosquitto-clients' "JDK 17, the examples on WildFly 39, Payara Micro 6.2025.10, Open Liberty 26.0.0.3, Quarkus 3.33 and Weld SE, with Debian's Mosquitto" \
    examples
part release 'git gnupg mosquitto mosquitto-clients' "JDK 17, a release rehearsed: published to a stand-in for Maven Central, twice the same, and used from there" \
    release
part benchmark - "JDK 17, the benchmark beside other clients, for a moment" \
    benchmark
part mosquitto 'mosquitto mosquitto-clients' "JDK 17, integration tests against Debian's Mosquitto" \
    verify -Dskip.unit.tests -Dit.broker=mosquitto
part direct 'mosquitto mosquitto-clients' "JDK 17, integration tests over the direct channel, against Debian's Mosquitto" \
    verify -Dskip.unit.tests -Dit.broker=mosquitto -Dit.library=direct
part mqtt5 'mosquitto mosquitto-clients' "JDK 17, integration tests on MQTT 5, against Debian's Mosquitto" \
    verify -Dskip.unit.tests -Dit.broker=mosquitto -Dit.protocol=5
part mqtt5-artemis - "JDK 17, integration tests on MQTT 5, embedded Artemis" \
    verify -Dskip.unit.tests -Dit.protocol=5
part mqtt5-hivemq - "JDK 17, integration tests on MQTT 5, against HiveMQ CE 2025.5 in a JVM of its own" \
    verify -Dskip.unit.tests -Dit.broker=hivemq -Dit.protocol=5
part hivemq - "JDK 17, integration tests against HiveMQ CE 2025.5 in a JVM of its own" \
    verify -Dskip.unit.tests -Dit.broker=hivemq
part hivemq-direct - "JDK 17, integration tests over the direct channel, against HiveMQ CE 2025.5 in a JVM of its own" \
    verify -Dskip.unit.tests -Dit.broker=hivemq -Dit.library=direct
part memory - "JDK 17, integration tests on the broker inside the JVM" \
    verify -Dskip.unit.tests -Dit.broker=memory
part mqtt5-memory - "JDK 17, integration tests on MQTT 5, on the broker inside the JVM" \
    verify -Dskip.unit.tests -Dit.broker=memory -Dit.protocol=5
part interop 'mosquitto-clients' "JDK 17, messages of MQTT 5 to and from mosquitto_pub, mosquitto_sub, mosquitto_rr, mqtt.js and HiveMQ's client, on HiveMQ CE" \
    none_skipped with_mqttjs verify -Dskip.unit.tests -Djacoco.skip -Dit.broker=hivemq '-Dit.test=**/interop/*IT'
part direct-artemis - "JDK 17, integration tests over the direct channel, embedded Artemis" \
    verify -Dskip.unit.tests -Dit.library=direct
part browser 'mosquitto mosquitto-clients chromium chromium-driver' "JDK 17, the dashboard in Debian's Chromium, on Debian's Mosquitto" \
    none_skipped browser
part slow 'mosquitto alone' "JDK 17, faults that need minutes, Mosquitto where the test has the choice" \
    verify -Pslow -Dskip.unit.tests -Dit.broker=mosquitto
part slow-direct 'mosquitto alone' "JDK 17, faults that need minutes, over the direct channel, Mosquitto where the test has the choice" \
    verify -Pslow -Dskip.unit.tests -Dit.broker=mosquitto -Dit.library=direct
part slow-mqtt5 'mosquitto alone' "JDK 17, faults that need minutes, on MQTT 5, Mosquitto where the test has the choice" \
    verify -Pslow -Dskip.unit.tests -Dit.broker=mosquitto -Dit.protocol=5
part slow-mqtt5-artemis 'mosquitto alone' "JDK 17, faults that need minutes, on MQTT 5, embedded Artemis where the test has the choice" \
    verify -Pslow -Dskip.unit.tests -Dit.protocol=5
part docker 'mosquitto docker.io' "JDK 17, Testcontainers on Debian's Docker engine" \
    none_skipped with_docker verify -Dskip.unit.tests -Dit.test=ContainerIT
part jdk25 - "JDK 25, Weld 6.0, embedded Artemis" \
    with_jdk "$jdk25" verify
part weld5 - "JDK 17, Weld 5.1 (CDI 4.0), embedded Artemis, everything logged, secrets looked for" \
    at_finest verify -Pweld5
part owb - "JDK 17, OpenWebBeans SE (CDI 4.0), embedded Artemis" \
    verify -Powb
part lite - "JDK 17, Weld 6.0 with the build compatible extension in place of the portable one, embedded Artemis" \
    verify -Plite
part quarkus 'mosquitto' "JDK 17, in Quarkus 3.33, Debian's Mosquitto" \
    none_skipped quarkus -Dit.broker=mosquitto
part quarkus-25 'mosquitto' "JDK 25, in Quarkus 3.33, on MQTT 5, Debian's Mosquitto" \
    none_skipped with_jdk "$jdk25" quarkus -Dit.broker=mosquitto -Dit.protocol=5
part quarkus-memory - "JDK 17, in Quarkus 3.33, the broker inside the JVM" \
    none_skipped quarkus
part transactions - "JDK 17, Weld 6.0 with the transactions of Narayana 7.2, H2" \
    transactions
part transactions-slow 'alone' "JDK 17, an outbox whose applications and broker are killed, H2, Artemis" \
    transactions -Pslow
part transactions-postgresql 'postgresql alone' "JDK 17, both of these on Debian's PostgreSQL" \
    with_postgresql transactions -Dit.excluded-groups=
part transactions-mariadb 'mariadb-server' "JDK 17, Weld 6.0 with the transactions of Narayana 7.2, Debian's MariaDB" \
    with_mariadb transactions
part wildfly - "JDK 17, in WildFly 39, embedded Artemis" \
    servers -Pwildfly
part openliberty - "JDK 17, in Open Liberty 26.0.0.3, embedded Artemis" \
    servers -Popenliberty
part payara - "JDK 17, in Payara 6.2025.10, embedded Artemis" \
    servers -Ppayara
part launched - "JDK 17, in Payara Micro 6.2025.10 and TomEE embedded 10.0.0-M2, embedded Artemis" \
    servers -Plaunched
part wildfly-preview - "JDK 17, in WildFly Preview 39, embedded Artemis" \
    servers -Pwildfly-preview
part glassfish7 - "JDK 17, in GlassFish 7.0.21, embedded Artemis" \
    servers -Pglassfish7
part wildfly-25 - "JDK 25, in WildFly 39, embedded Artemis" \
    with_jdk "$jdk25" servers -Pwildfly
part openliberty-25 - "JDK 25, in Open Liberty 26.0.0.3, embedded Artemis" \
    with_jdk "$jdk25" servers -Popenliberty
part payara7 - "JDK 25, in Payara 7.2025.1, embedded Artemis" \
    with_jdk "$jdk25" servers -Ppayara7
part glassfish8 - "JDK 25, in GlassFish 8.0.0, embedded Artemis" \
    with_jdk "$jdk25" servers -Pglassfish8
part helidon - "JDK 25, in Helidon CDI 4.3.0, embedded Artemis" \
    with_jdk "$jdk25" servers -Phelidon

# install_for NAME...: what these parts need.
install_for() {
    local needed
    needed=$(for each in "$@"; do say ${packages[$each]:-}; done | tr ' ' '\n' | sort -u | xargs)
    [ -z "$needed" ] || install_packages $needed
}

# narrow NAME TITLE MAVEN_ARGUMENTS...: the part, but not all of it.
narrow() {
    title[$1]="${title[$1]}; $2"
    command[$1]+=$(printf '%q ' "${@:3}")
}

# run NAME LANE: the part in a room of its own; leaves what it printed in output.log there, its outcome in result.
run() {
    local name=$1 lane=$2
    local builder=cdimqtt-$$-$lane home=$work/home-$lane room=$work/$name
    local checkout=$room/checkout
    local result=ok start=$SECONDS left tries=5 tests failures skipped
    banner "Part $name: ${title[$name]}"
    mkdir "$room"
    check_out "$checkout"
    chown "$builder:" "$room"
    (eval "${command[$name]}") > "$room/output.log" 2>&1 || result=FAILED
    while left=$(pgrep -a -u "$builder") && [ "$tries" -gt 0 ]; do
        tries=$((tries - 1))
        sleep 1
    done
    if [ -n "$left" ]; then
        say "Processes left behind: $left"
        kill -9 $(pgrep -u "$builder") || true
        result=FAILED
    fi
    keeps_secrets || result=FAILED
    read -r tests failures skipped < <(counts)
    [ "$tests" -gt 0 ] || { say "No test ran"; result=FAILED; }
    [ "$failures" = 0 ] || result=FAILED
    [ "$result" = FAILED ] || [ ! -s "$room/flaky" ] || result=flaky
    [ "$result" != FAILED ] || tail -n 60 "$room/output.log"
    clear_out
    [ "$result" = ok ] || keep
    say "$result $tests $failures $skipped $((SECONDS - start))" > "$room/result"
    say "Part $name: $result, $((tests - failures - skipped)) passed, $failures failed, $skipped skipped, $((SECONDS - start)) s"
}

# run_all JOBS NAME...: so many at a time, then one by one those that measure time.
run_all() {
    local jobs=$1 name lane
    shift
    for name in "$@"; do [ -n "${alone[$name]:-}" ] || say "$name"; done > "$work/queue"
    for ((lane = 1; lane <= jobs; lane++)); do
        (while name=$(next) && [ -n "$name" ]; do run "$name" "$lane"; done) &
    done
    wait
    for name in "$@"; do [ -z "${alone[$name]:-}" ] || run "$name" 1; done
}

# next: takes a name from the queue; nothing, if there is no more.
next() {
    (
        flock 9
        head -n 1 "$work/queue"
        sed -i 1d "$work/queue"
    ) 9> "$work/queue.lock"
}

# none_skipped COMMAND...: a test that was skipped would prove nothing here.
none_skipped() {
    "$@" || return
    local skipped
    read -r _ _ skipped < <(counts)
    [ "$skipped" = 0 ] || { say "$skipped tests were skipped"; return 1; }
}
