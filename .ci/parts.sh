# What .ci/run is made of.

jdk17=/usr/lib/jvm/java-17-openjdk-amd64
jdk25=/usr/lib/jvm/temurin-25-jdk-amd64

secret=$(grep -oP 'WORD = "\K[^"]+' src/test/java/io/github/cdimqtt/testing/Canary.java)

builder=cdimqtt-$$
work=
count=0
failed_parts=0
sum_passed=0 sum_failed=0 sum_skipped=0
rows=()

say() { printf '%s\n' "$*"; }
banner() { say; say "=================================================================="; say "== $*"; say "=================================================================="; }
die() { say "CI cannot go on: $*"; exit 1; }

# --- before and after --------------------------------------------------------------------------------------------------

prepare() {
    [ "$(id -u)" = 0 ] || die "run me as root: I install packages and run Maven as a user of my own"
    work=$(mktemp -d /tmp/cdi-mqtt-ci.XXXXXX)
    chmod 755 "$work"
    trap clean_up EXIT
    command -v mvn > /dev/null && [ -x "$jdk17/bin/javac" ] || install_packages maven openjdk-17-jdk-headless
    [ -x "$jdk25/bin/javac" ] || die "no JDK 25 in $jdk25"
    useradd --create-home --home-dir "$work/home" --shell /bin/bash "$builder"
    mkdir "$work/reports"
    check_out "$work/checkout"
}

# check_out DIRECTORY: makes it, with what git knows or would add, for the ordinary user.
check_out() {
    mkdir "$1"
    git -c safe.directory="$PWD" ls-files -z --cached --others --exclude-standard | tar -c --null -T - | tar -x -C "$1"
    chown -R "$builder:" "$1"
}

clean_up() {
    local code=$?
    if [ -n "$work" ]; then stop_docker; fi
    local left
    left=$(pgrep -u "$builder" 2> /dev/null || true)
    [ -z "$left" ] || kill -9 $left || true
    userdel "$builder" 2> /dev/null || true
    [ -z "$work" ] || rm -rf "$work"
    exit "$code"
}

installed_lists=
install_packages() {
    banner "Installing $*"
    export DEBIAN_FRONTEND=noninteractive
    [ -n "$installed_lists" ] || apt-get update -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300
    installed_lists=yes
    apt-get install -y -qq --no-install-recommends -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@" > "$work/apt.log" 2>&1 || { cat "$work/apt.log"; die "apt-get install $* failed"; }
    dpkg-query -W -f '${Package} ${Version}\n' "$@"
}

# --- one part ----------------------------------------------------------------------------------------------------------

# part TITLE COMMAND...: runs it, keeps its reports, notes its result, and goes on whatever that is.
part() {
    local title=$1 start=$SECONDS result=ok
    shift
    count=$((count + 1))
    banner "Part $count: $title"
    reports=$work/reports/$count
    # Not a plain pipe: that would wait for a process left behind, which is to be told instead.
    exec 3> >(exec tee "$work/part-$count.log")
    local writer=$!
    ("$@") >&3 2>&1 3>&- || result=FAILED
    exec 3>&-
    mkdir -p "$reports"
    find "$work/checkout/target/surefire-reports" "$work/checkout/target/failsafe-reports" -name 'TEST-*.xml' \
        -exec cp --parents -t "$reports" {} + 2> /dev/null || true
    local left tries=5
    while left=$(pgrep -a -u "$builder") && [ "$tries" -gt 0 ]; do
        tries=$((tries - 1))
        sleep 1
    done
    if [ -n "$left" ]; then
        say "Processes left behind: $left"
        kill -9 $(pgrep -u "$builder") || true
        result=FAILED
    fi
    wait "$writer" || true
    keeps_secrets || result=FAILED
    count_tests
    [ "$tests" -gt 0 ] || { say "No test ran"; result=FAILED; }
    [ "$failures" = 0 ] || { result=FAILED; tell_failures > "$work/failures-$count.txt"; }
    note "$title" "$result" $((SECONDS - start))
}

# The part that ran last has printed no password of the tests: not on the console, nor into reports, nor into any log.
keeps_secrets() {
    local told
    told=$(grep -rlF --include='*.log' --include='*.xml' --include='*.txt' "$secret" "$work/part-$count.log" "$work/checkout/target" 2> /dev/null) || return 0
    say "A password of the tests ('$secret') is in what this part has printed:"
    grep -hF -m 3 "$secret" $told | cut -c1-300
    return 1
}

# at_finest COMMAND...: with all loggers of all JVMs at their finest, and proof that they were.
at_finest() {
    "$@" -Dtest.log=finest || return
    local each
    for each in 'FINE io.github.cdimqtt' 'FINER org.eclipse.paho.client.mqttv3.internal.ClientState' 'TRACE org.jboss.weld.Bootstrap'; do
        grep -cF " $each: " "$work/checkout"/target/finest-*.log || die "nothing was logged as $each"
    done
}

# verify MAVEN_ARGUMENTS...: mvn verify as the ordinary user.
verify() { maven clean verify "$@"; }

maven() {
    "${hiding[@]}" runuser -u "$builder" -- env -i HOME="$work/home" PATH="${java_home:-$jdk17}/bin:/usr/local/bin:/usr/bin:/bin" LANG=C.UTF-8 \
        JAVA_HOME="${java_home:-$jdk17}" CI="${CI:-}" "${environment[@]}" \
        timeout --kill-after=30 1200 mvn -B -V -ntp -Dstyle.color=never -Dmaven.repo.local="$work/home/repository" -f "$work/checkout/${project:-pom.xml}" "$@" < /dev/null
}
environment=()
hiding=()

# Whatever an earlier run has installed here: nothing that the tests could start is there.
without_servers() {
    hiding=(unshare --mount bash -c 'for each in /usr/sbin/mosquitto /usr/sbin/dockerd /usr/bin/docker; do
        [ ! -e "$each" ] || mount --bind /dev/null "$each"; done; exec "$@"' bash)
    "$@"
}

with_jdk() {
    local java_home=$1
    shift
    "$@"
}

# The counts of the part that ran last, from its reports: tests, failures (errors included), skipped.
count_tests() {
    read -r tests failures skipped < <(find "$reports" -name 'TEST-*.xml' -exec grep -ho '<testsuite [^>]*>' {} + 2> /dev/null | awk '
        function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
        { tests += value("tests"); failures += value("failures") + value("errors"); skipped += value("skipped") }
        END { print tests + 0, failures + 0, skipped + 0 }')
}

# Each test of the part that ran last that failed, with the beginning of the reason.
tell_failures() {
    find "$reports" -name 'TEST-*.xml' -exec awk -v part="$count" '
        /<testcase / { match($0, / name="[^"]*"/); name = substr($0, RSTART + 7, RLENGTH - 8)
                       match($0, / classname="[^"]*"/); class = substr($0, RSTART + 12, RLENGTH - 13) }
        /<(failure|error)[ >]/ { print "FAILED in part " part ": " class " " name; lines = 12 }
        lines > 0 { print "    " substr($0, 1, 300); lines-- }
        /<\/(failure|error)>/ { lines = 0 }' {} +
}

note() {
    sum_passed=$((sum_passed + tests - failures - skipped))
    sum_failed=$((sum_failed + failures))
    sum_skipped=$((sum_skipped + skipped))
    [ "$2" = ok ] || failed_parts=$((failed_parts + 1))
    rows+=("$(printf '%d  %-6s %6d %6d %7d %5ds  %s' "$count" "$2" $((tests - failures - skipped)) "$failures" "$skipped" "$3" "$1")")
    say "Part $count: $2"
}

# The part that ran last proves nothing if its test was skipped.
none_skipped() {
    if [ "$skipped" != 0 ]; then
        say "Part $count: FAILED, its tests were skipped"
        failed_parts=$((failed_parts + 1))
        rows+=("   FAILED: part $count skipped its tests")
    fi
}

summary() {
    banner "Summary"
    grep -h '^NOT RUN' "$work"/part-*.log | sort | uniq -c || true
    cat "$work"/failures-*.txt 2> /dev/null || true
    say "   result passed failed skipped  time  part"
    printf '%s\n' "${rows[@]}"
    say
    say "$sum_passed passed, $sum_failed failed, $sum_skipped skipped"
    [ "$failed_parts" = 0 ] || die "$failed_parts failed"
}
