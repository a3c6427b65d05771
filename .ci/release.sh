# What would be published, made twice in different places, time zones and languages: the same bytes, and all that belongs to it.

release() {
    local checks=0 wrong=0 reports=$work/checkout/target/failsafe-reports result=0
    rm -rf "$work/checkout/target/surefire-reports" "$reports"
    release_in release '' || result=$?
    release_in release-in-another-place '-Duser.timezone=Pacific/Auckland -Duser.language=de -Duser.country=DE' || result=$?
    check "it is built, twice" test "$result" = 0

    local name file
    name=cdi-mqtt-$(sed -n 's|^    <version>\(.*\)</version>|\1|p' pom.xml)
    for file in "$name.jar" "$name-sources.jar" "$name-javadoc.jar" bom.xml bom.json; do
        check "$file is there" test -s "$work/release/target/$file"
        check "$file has the same bytes" cmp "$work/release/target/$file" "$work/release-in-another-place/target/$file"
    done
    sha256sum "$work/release/target/$name"*.jar
    check "the jar has a module name" in_jar "$name.jar" META-INF/MANIFEST.MF 'Automatic-Module-Name: io.github.cdimqtt'
    check "the jar has the licence" in_jar "$name.jar" META-INF/LICENSE 'Apache License'
    check "the bill of materials names Paho" grep -q 'pkg:maven/org.eclipse.paho/' "$work/release/target/bom.xml"
    check "the bill of materials names nothing else" test "$(grep -c '<purl>' "$work/release/target/bom.xml")" = 2
    check "the Javadoc has the API" in_jar "$name-javadoc.jar" io/github/cdimqtt/Mqtt.html 'interface'
    check "the Javadoc has nothing internal" not in_jar "$name-javadoc.jar" element-list internal

    mkdir -p "$reports"
    say "<testsuite name=\"release\" tests=\"$checks\" failures=\"$wrong\">" > "$reports/TEST-release.xml"
    chown -R "$builder:" "$work/checkout/target"
    [ "$wrong" = 0 ]
}

# release_in PLACE JAVA_OPTIONS
release_in() {
    check_out "$work/$1"
    local environment=(JAVA_TOOL_OPTIONS="$2") project=../$1/pom.xml
    maven -Prelease -Dgpg.skip -Dmaven.test.skip=true verify
}

# in_jar JAR ENTRY TEXT
in_jar() {
    (
        cd "$(mktemp -d -p "$work")"
        "$jdk17/bin/jar" --extract --file "$work/release/target/$1" "$2"
        grep -F -- "$3" "$2"
    )
}
