# A release, rehearsed in a copy of the checkout: .ci/publish with a key of its own, and a stand-in for Maven Central. Then what
# Central checks, what users get, the same bytes from another place, the site, and first-steps.sh.

release() {
    local checks=0 wrong=0 port
    local lines=$room/release.log place=$room/release repository=$room/repository published=$room/published
    local version artifact
    version=$(sed -n 's|^    <version>\(.*\)-SNAPSHOT</version>|\1|p' pom.xml)
    artifact=$published/io/github/cdi-mqtt/cdi-mqtt/$version/cdi-mqtt-$version
    at_a_terminal rehearsal
}

rehearsal() {
    local environment=(GNUPGHOME="$room/gnupg")
    make_maintainer
    publishing
    central_accepts
    as_builder gpgconf --kill all
    environment=()
    rm -r "$home/.m2"
    users_get
    same_elsewhere
    site
    first_steps
    single_file
}

# here COMMAND...: in the copy of the checkout.
here() { as_builder env -C "$place" "$@"; }

# What a maintainer has: a repository, a key and an account.
make_maintainer() {
    here git init -q -b main
    here git config user.name Rehearsal
    here git config user.email rehearsal@example.org
    here git add -A
    here git commit -q -m "All there is"
    as_builder mkdir -m 700 "$room/gnupg"
    as_builder gpg --batch --passphrase '' --quick-generate-key 'Rehearsal <rehearsal@example.org>'
    as_builder mkdir -p "$home/.m2"
    say '<settings><servers><server><id>central</id><username>nobody</username><password>none</password></server></servers></settings>' \
        > "$home/.m2/settings.xml"
}

publishing() {
    local result=0 central
    check "no other kind of version is published" refused 'three numbers' 0.1
    here touch left-over
    check "no change goes unnoticed" refused 'not committed' "$version"
    here rm left-over
    check "what fails can be undone" failed_and_undone
    central=$(free_port)
    here java .ci/Central.java "$central" "$published" 4>&- &
    here .ci/publish "$version" -B -ntp -Dstyle.color=never -Dmaven.repo.local="$home/repository" -Puntested \
        -DcentralBaseUrl="http://127.0.0.1:$central" || result=$?
    pkill -u "$builder" java
    check "it is published" test "$result" = 0
    check "nothing is published twice" refused 'already' "$version"
    check "all is committed" test -z "$(here git status --porcelain)"
    check "the next version has begun" grep -q "^    <version>${version%.*}.$((${version##*.} + 1))-SNAPSHOT<" "$place/pom.xml"
    check "no page says that it is not released" not grep -rF 'not released yet' --include='*.md' "$place"
}

# refused WHY VERSION
refused() { ! here .ci/publish "$2" 2>&1 | tee "$room/refused" && grep -F "Nothing was done" "$room/refused" | grep -F "$1"; }

failed_and_undone() {
    local before
    before=$(here git rev-parse HEAD)
    ! here .ci/publish "$version" --no-such-option > "$room/undo" 2>&1 || return
    here bash -c "$(grep -m 1 '^    git tag -d' "$room/undo")"
    [ "$(here git rev-parse HEAD)" = "$before" ] && [ -z "$(here git tag)" ] && [ -z "$(here git status --porcelain)" ]
}

# What Maven Central asks for, in https://central.sonatype.org/publish/requirements
central_accepts() {
    local each file sum
    for each in .pom .jar -sources.jar -javadoc.jar -cyclonedx.xml -cyclonedx.json; do
        file=$artifact$each
        check "${file##*/} is there" test -s "$file"
        check "${file##*/} is signed" as_builder gpg --quiet --verify "$file.asc" "$file"
        for sum in md5 sha1; do
            check "${file##*/} has its $sum" "${sum}sum" --check <<< "$(cat "$file.$sum")  $file"
        done
    done
    check "there is nothing else" test "$(find "$published" -type f | sed -E 's/\.(asc|md5|sha1|sha256|sha512)$//' | sort -u | wc -l)" = 6
    for each in "groupId>io.github.cdi-mqtt<" "artifactId>cdi-mqtt<" "version>$version<" name description url licenses developers scm; do
        check "the POM has <$each" grep "^    <$each" "$artifact.pom"
    done
    for each in SNAPSHOT '<repositories>' '<pluginRepositories>' '<parent>'; do
        check "the POM has no $each" not grep "$each" "$artifact.pom"
    done
}

users_get() {
    check "the jar has a module name" in_jar .jar META-INF/MANIFEST.MF 'Automatic-Module-Name: io.github.cdimqtt'
    check "the jar has the licence" in_jar .jar META-INF/LICENSE 'Apache License'
    check "the sources are there" in_jar -sources.jar io/github/cdimqtt/Mqtt.java 'interface Mqtt'
    check "the Javadoc has the API" in_jar -javadoc.jar io/github/cdimqtt/Mqtt.html 'interface'
    check "the Javadoc has nothing internal" not in_jar -javadoc.jar element-list internal
    local each
    for each in xml json; do
        check "bom.$each names Paho" grep 'pkg:maven/org.eclipse.paho/' "$artifact-cyclonedx.$each"
        check "bom.$each names nothing else" test "$(grep -cE '<purl>|"purl"' "$artifact-cyclonedx.$each")" = 2
    done
}

# in_jar JAR ENTRY TEXT
in_jar() {
    (
        cd "$(mktemp -d -p "$room")"
        "$jdk17/bin/jar" --extract --file "$artifact$1" "$2"
        grep -F -- "$3" "$2"
    )
}

# The tag, built once more in another place, time zone and language.
same_elsewhere() {
    local result=0 each elsewhere=$room/elsewhere
    local environment=(JAVA_TOOL_OPTIONS='-Duser.timezone=Pacific/Auckland -Duser.language=de -Duser.country=DE') project=../elsewhere/pom.xml
    as_builder git clone -q -c advice.detachedHead=false -b "v$version" "$place" "$elsewhere"
    maven -Prelease,untested -Dgpg.skip verify || result=$?
    check "the tag can be built" test "$result" = 0
    for each in .jar -sources.jar -javadoc.jar; do
        check "$each has the same bytes" cmp "$artifact$each" "$elsewhere/target/cdi-mqtt-$version$each"
    done
    for each in xml json; do
        check "bom.$each has the same bytes" cmp "$artifact-cyclonedx.$each" "$elsewhere/target/bom.$each"
    done
    check "the POM is the tag's" cmp "$artifact.pom" "$elsewhere/pom.xml"
    sha256sum "$artifact"*.jar
}

# The pages and the Javadoc, of the tag.
site() {
    local result=0 project=../elsewhere/pom.xml pages=$room/elsewhere/target/site
    maven site > "$room/site.log" || result=$?
    check "the site can be built" test "$result" = 0
    check "nothing warns" not grep -F '[WARNING]' "$room/site.log"
    check "the README is its first page" grep -F '<h1>cdi-mqtt</h1>' "$pages/index.html"
    check "it has the Javadoc" test -s "$pages/apidocs/io/github/cdimqtt/Mqtt.html"
}
