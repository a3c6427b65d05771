# The first steps of a user with what the part release has published: those of the page in a project of their own, and JBang's.

steps=src/site/markdown/getting-started.md
jbang=0.132.1

# A project of what stands in the first steps, and an empty local repository.
first_steps() {
    local page=$place/$steps place=$room/first-steps
    local main=$place/src/main
    as_builder mkdir -p "$main/java" "$main/resources/META-INF"
    {
        say '<project><modelVersion>4.0.0</modelVersion><groupId>first</groupId><artifactId>steps</artifactId><version>1</version>' \
            '<properties><maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target></properties>' \
            "<repositories><repository><id>published</id><url>file://$published</url></repository></repositories><dependencies>"
        snippet xml '<artifactId>cdi-mqtt</artifactId>'
        snippet xml '<artifactId>weld-se-core</artifactId>'
        say '</dependencies></project>'
    } > "$place/pom.xml"
    snippet java 'class Main' > "$main/java/Main.java"
    snippet java 'class Climate' > "$main/java/Climate.java"
    snippet properties mqtt.broker-url > "$main/resources/META-INF/microprofile-config.properties"
    : > "$main/resources/META-INF/beans.xml"

    type_in "mvn -B -ntp compile org.codehaus.mojo:exec-maven-plugin:3.6.2:java -Dexec.mainClass=Main -Dmqtt.broker-url=tcp://127.0.0.1:$port"
    retry "the first steps: a message in, an alarm out" 240 alarm
    check "the first steps: others see that it is online" online
    printf '\003' >&4
    check_gone "Ctrl-C"
}

# snippet LANGUAGE TEXT: the first of this language on the page that has this text.
snippet() {
    awk -v start='```'"$1" -v text="$2" '
        inside && $0 == "```" { if (index(block, text)) { printf "%s", block; exit } inside = 0 }
        inside { block = block $0 "\n" }
        $0 == start { inside = 1; block = "" }' "$page"
}

online() { mosquitto_sub -h 127.0.0.1 -p "$port" -t status/climate -C 1 -W 5 | grep -x online; }

# JBang's own script runs what its jar prints.
single_file() {
    local command
    maven org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy -Dartifact="dev.jbang:jbang-cli:$jbang:jar:all" -DoutputDirectory="$room"
    command=$(here java -cp "$room/jbang-cli-$jbang-all.jar" dev.jbang.Main run --repos "published=file://$published,central" examples/jbang/Climate.java) || true
    type_in "env MQTT_BROKER_URL=tcp://127.0.0.1:$port $command"
    retry "JBang: a message in, an alarm out" 60 alarm
    printf '\003' >&4
    check_gone "Ctrl-C"
}
