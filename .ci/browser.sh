# The dashboard in a browser; its reports go where those of the library are looked for.

browser() {
    local target=$work/checkout/examples/dashboard/target result=0
    rm -rf "$work/checkout/target/surefire-reports" "$work/checkout/target/failsafe-reports"
    project=examples/pom.xml maven -Pbrowser -Dskip.unit.tests -DskipITs clean verify || result=$?
    mkdir -p "$work/checkout/target/failsafe-reports"
    cp "$target"/*-reports/TEST-*.xml "$work/checkout/target/failsafe-reports/"
    chown -R "$builder:" "$work/checkout/target"
    return "$result"
}
