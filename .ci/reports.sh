# What the tests of a part have reported, and what is said of it.

secret=$(grep -oP 'WORD = "\K[^"]+' src/test/java/io/github/cdimqtt/support/Canary.java)
told='<(failure|error)[ >]'

# --- of the part that runs -------------------------------------------------------------------------------------------------

# reports [KIND]: the files of Surefire (unit tests) and Failsafe (integration tests), of both if no kind is named.
reports() { find "$room" -path "*/target/${1:-*}-reports/TEST-*.xml"; }

# counts: tests, failures (errors included), skipped.
counts() {
    reports | xargs -r grep -ho '<testsuite [^>]*>' | awk '
        function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
        { tests += value("tests"); failures += value("failures") + value("errors"); skipped += value("skipped") }
        END { print tests + 0, failures + 0, skipped + 0 }'
}

# failures FILE...: each test that failed, with the beginning of the reason.
failures() {
    awk '
        /<testcase / { match($0, / name="[^"]*"/); name = substr($0, RSTART + 7, RLENGTH - 8)
                       match($0, / classname="[^"]*"/); class = substr($0, RSTART + 12, RLENGTH - 13) }
        /<(failure|error)[ >]/ { print class " " name; lines = 12 }
        lines > 0 { print "    " substr($0, 1, 300); lines-- }
        /<\/(failure|error)>/ { lines = 0 }' "$@"
}

# second_try MAVEN_ARGUMENTS...: each class of integration tests that failed once more, by itself, if this is the gate. One
# that passes then is noted in "flaky", with its first failures. Unit tests get none, nor does what fails in many classes.
second_try() {
    [ -n "${gate:-}" ] || return 1
    local report class
    local -a broken
    [ -z "$(reports surefire | xargs -r grep -lE "$told")" ] || return 1
    mapfile -t broken < <(reports failsafe | xargs -r grep -lE "$told")
    [ "${#broken[@]}" -gt 0 ] && [ "${#broken[@]}" -le 3 ] || return 1
    mkdir "$room/first"
    for report in "${broken[@]}"; do
        class=$(basename "$report" .xml)
        class=${class#TEST-}
        failures "$report" > "$room/first/$class"
        banner "Once more, by itself: $class"
        maven verify "$@" -Dskip.unit.tests -Dit.test="${class%%\$*}" || return 1
        say "$class" >> "$room/flaky"
    done
}

# keeps_secrets: no password of the tests was printed: not on the console, nor into reports, nor into any log.
keeps_secrets() {
    local files
    files=$(grep -rlF --include='*.log' --include='*.xml' --include='*.txt' "$secret" "$room" | grep -E '/output.log$|/target/') || return 0
    say "A password of the tests ('$secret') is in what this part has printed:"
    grep -hF -m 3 "$secret" $files | cut -c1-300
    return 1
}

# clear_out: of all that the part has made, what it printed and reported stays.
clear_out() {
    (
        cd "$room"
        mkdir reports
        find . -path './reports' -prune -o -path '*/target/*-reports/TEST-*.xml' -exec cp --parents -t reports {} +
        find . -mindepth 1 -maxdepth 1 ! -name reports ! -name output.log ! -name first ! -name flaky -exec rm -rf {} +
    )
}

# keep: what tells why the part failed or flickered, for whoever looks later.
keep() {
    mkdir -p "target/ci/$name"
    cp -r "$room/." "target/ci/$name"
}

# --- of all of them --------------------------------------------------------------------------------------------------------

# summary NAME...: what failed or flickered, the table, and the sums. Fails if a part did.
summary() {
    local name result tests failed skipped seconds
    local broken=0 sum_passed=0 sum_failed=0 sum_skipped=0 sum_seconds=0
    banner "Summary"
    (cd "$work" && cat "${@/%//output.log}" | grep '^NOT RUN' | sort | uniq -c) || true
    for name in "$@"; do
        failures $(find "$work/$name" -name 'TEST-*.xml' | xargs -r grep -lE "$told") < /dev/null | sed "s/^\([^ ]\)/FAILED in $name: \1/"
    done
    flaky "$@" || broken=1
    say "result passed failed skipped  time  part"
    for name in "$@"; do
        read -r result tests failed skipped seconds < "$work/$name/result"
        printf '%-6s %6d %6d %7d %5ds  %s: %s\n' \
            "$result" $((tests - failed - skipped)) "$failed" "$skipped" "$seconds" "$name" "${title[$name]}"
        sum_passed=$((sum_passed + tests - failed - skipped))
        sum_failed=$((sum_failed + failed))
        sum_skipped=$((sum_skipped + skipped))
        sum_seconds=$((sum_seconds + seconds))
        [ "$result" != FAILED ] || broken=1
    done
    say "$sum_seconds s in parts, $SECONDS s in all"
    say
    say "$sum_passed passed, $sum_failed failed, $sum_skipped skipped"
    [ "$broken" = 0 ] || die "not all of it holds; what those parts have left is in target/ci"
}

# flaky NAME...: lists what failed at first only. Fails if a class did so in two parts.
flaky() {
    local name class twice
    (cd "$work" && find "$@" -maxdepth 1 -name flaky) | grep -q . || return 0
    say "Flaky: each is a fault to be found"
    for name in "$@"; do
        [ -s "$work/$name/flaky" ] || continue
        while read -r class; do sed "s/^\([^ ]\)/in $name: \1/" "$work/$name/first/$class"; done < "$work/$name/flaky"
    done
    twice=$(cd "$work" && find "$@" -maxdepth 1 -name flaky -exec cat {} + | sort | uniq -d)
    [ -z "$twice" ] || { say "Flaky twice, which is no accident:" $twice; return 1; }
}
