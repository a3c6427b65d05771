# The machine that the parts run on: what is installed there, ordinary users, checkouts of their own, and Maven in them.

jdk17=/usr/lib/jvm/java-17-openjdk-amd64
jdk25=/usr/lib/jvm/temurin-25-jdk-amd64

work=
lanes=1

say() { printf '%s\n' "$*"; }
banner() { say; say "=================================================================="; say "== $*"; say "=================================================================="; }
die() { say "CI cannot go on: $*"; exit 1; }

# prepare LANES: as many parts may run at a time, each as a user that exists only meanwhile, with a repository of its own.
prepare() {
    lanes=$1
    [ "$(id -u)" = 0 ] || die "run me as root: I install packages and run Maven as a user of my own"
    rm -rf target/ci
    work=$(mktemp -d /tmp/cdi-mqtt-ci.XXXXXX)
    chmod 755 "$work"
    trap clean_up EXIT
    command -v mvn > /dev/null && [ -x "$jdk17/bin/javac" ] || install_packages maven openjdk-17-jdk-headless
    [ -x "$jdk25/bin/javac" ] || die "no JDK 25 in $jdk25"
    local lane
    for ((lane = 1; lane <= lanes; lane++)); do
        useradd --create-home --home-dir "$work/home-$lane" --shell /bin/bash "cdimqtt-$$-$lane"
    done
}

clean_up() {
    local code=$? lane left
    trap - EXIT
    [ -n "$work" ] || exit "$code"
    stop_docker
    for ((lane = 1; lane <= lanes; lane++)); do
        left=$(pgrep -u "cdimqtt-$$-$lane" 2> /dev/null || true)
        [ -z "$left" ] || kill -9 $left || true
        userdel "cdimqtt-$$-$lane" 2> /dev/null || true
    done
    rm -rf "$work"
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

# --- within a part: $builder is its user, $home that user's, $room a folder of its own, $checkout one in it ----------------

# check_out DIRECTORY: makes it, with what git knows or would add, for the part's user.
check_out() {
    mkdir -p "$1"
    git -c safe.directory="$PWD" ls-files -z --cached --others --exclude-standard | tar -c --null -T - | tar -x -C "$1"
    chown -R "$builder:" "$1"
}

# as_builder COMMAND...: as the part's user, who knows nothing of our own environment.
as_builder() {
    "${hiding[@]}" runuser -u "$builder" -- env -i HOME="$home" PATH="${java_home:-$jdk17}/bin:/usr/local/bin:/usr/bin:/bin" LANG=C.UTF-8 \
        JAVA_HOME="${java_home:-$jdk17}" CI="${CI:-}" TEST_PORTS="$lane/$lanes" "${environment[@]}" \
        timeout --kill-after=30 1200 "$@" < /dev/null
}

# maven ARGUMENTS...: as the part's user. $project is the pom.xml, if it is not the library's.
maven() { as_builder mvn -B -V -ntp -Dstyle.color=never -Dmaven.repo.local="$home/repository" -f "$checkout/${project:-pom.xml}" "$@"; }
environment=()
hiding=()

# verify MAVEN_ARGUMENTS...: mvn verify in a fresh checkout, and in the gate once more for a test class that failed.
verify() { maven verify "$@" || second_try "$@"; }

# servers MAVEN_ARGUMENTS...: the tests in servers.
servers() { project=src-it/servers/pom.xml verify "$@"; }

# transactions MAVEN_ARGUMENTS...: the tests with a transaction manager.
transactions() { project=src-it/transactions/pom.xml verify "$@"; }

# quarkus MAVEN_ARGUMENTS...: the tests in Quarkus, which takes the library from the local repository.
quarkus() {
    maven install -Puntested -Dunlinted || return
    project=src-it/quarkus/pom.xml verify "$@"
}

with_jdk() {
    local java_home=$1
    shift
    "$@"
}

# Whatever is installed here: nothing that the tests could start is there.
without_servers() {
    hiding=(unshare --mount bash -c 'for each in /usr/sbin/mosquitto /usr/sbin/dockerd /usr/bin/docker; do
        [ ! -e "$each" ] || mount --bind /dev/null "$each"; done; exec "$@"' bash)
    "$@"
}

# at_finest COMMAND...: with all loggers of all JVMs at their finest, and proof that they were.
at_finest() {
    "$@" -Dtest.log=finest || return
    local each
    for each in 'FINE io.github.cdimqtt' 'FINER org.eclipse.paho.client.mqttv3.internal.ClientState' 'TRACE org.jboss.weld.Bootstrap'; do
        grep -cF " $each: " "$checkout"/target/finest-*.log || die "nothing was logged as $each"
    done
}
