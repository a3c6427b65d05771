# What would be published, made twice in different places, time zones and languages: the same bytes, and all that belongs to it.

release() {
    local checks=0 wrong=0 result=0
    release_in release '' || result=$?
    release_in release-in-another-place '-Duser.timezone=Pacific/Auckland -Duser.language=de -Duser.country=DE' || result=$?
    check "it is built, twice" test "$result" = 0

    local name file
    name=cdi-mqtt-$(sed -n 's|^    <version>\(.*\)</version>|\1|p' pom.xml)
    for file in "$name.jar" "$name-sources.jar" "$name-javadoc.jar" bom.xml bom.json; do
        check "$file is there" test -s "$room/release/target/$file"
        check "$file has the same bytes" cmp "$room/release/target/$file" "$room/release-in-another-place/target/$file"
    done
    sha256sum "$room/release/target/$name"*.jar
    check "the jar has a module name" in_jar "$name.jar" META-INF/MANIFEST.MF 'Automatic-Module-Name: io.github.cdimqtt'
    check "the jar has the licence" in_jar "$name.jar" META-INF/LICENSE 'Apache License'
    check "the bill of materials names Paho" grep -q 'pkg:maven/org.eclipse.paho/' "$room/release/target/bom.xml"
    check "the bill of materials names nothing else" test "$(grep -c '<purl>' "$room/release/target/bom.xml")" = 2
    check "the Javadoc has the API" in_jar "$name-javadoc.jar" io/github/cdimqtt/Mqtt.html 'interface'
    check "the Javadoc has nothing internal" not in_jar "$name-javadoc.jar" element-list internal

    report release
}

# release_in PLACE JAVA_OPTIONS
release_in() {
    check_out "$room/$1"
    local environment=(JAVA_TOOL_OPTIONS="$2") project=../$1/pom.xml
    maven -Prelease,untested -Dgpg.skip verify
}

# in_jar JAR ENTRY TEXT
in_jar() {
    (
        cd "$(mktemp -d -p "$room")"
        "$jdk17/bin/jar" --extract --file "$room/release/target/$1" "$2"
        grep -F -- "$3" "$2"
    )
}
