# A Docker engine of our own, for as long as a part needs it. No image can be pulled everywhere, so the one that the test
# asks for is made from Debian's Mosquitto.

image=eclipse-mosquitto:2.0.11

with_docker() {
    start_docker
    import_mosquitto
    environment=(DOCKER_HOST="unix://$work/docker.sock" TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1)
    local result=0
    "$@" || result=$?
    stop_docker
    return "$result"
}

docker_here() { /usr/bin/docker -H "unix://$work/docker.sock" "$@"; }

start_docker() {
    mkdir -p "$work/docker"
    dockerd --data-root "$work/docker/data" --exec-root "$work/docker/exec" -p "$work/docker.pid" -H "unix://$work/docker.sock" \
        -G "$builder" --ip 127.0.0.1 > "$work/docker.log" 2>&1 &
    local pid=$! tries=120
    until docker_here info > /dev/null 2>&1; do
        tries=$((tries - 1))
        if [ "$tries" = 0 ] || ! kill -0 "$pid" 2> /dev/null; then
            tail -30 "$work/docker.log"
            die "the Docker engine does not start (its log is above): without it the Testcontainers test proves nothing"
        fi
        sleep 0.5
    done
    docker_here version --format 'Docker engine {{.Server.Version}}'
}

stop_docker() {
    [ -s "$work/docker.pid" ] || return 0
    local pid tries=60
    pid=$(< "$work/docker.pid")
    kill "$pid" 2> /dev/null || return 0
    while kill -0 "$pid" 2> /dev/null && [ "$tries" -gt 0 ]; do
        tries=$((tries - 1))
        sleep 0.5
    done
    kill -9 "$pid" 2> /dev/null || true
}

import_mosquitto() {
    local root=$room/image
    mkdir -p "$root/usr/sbin" "$root/etc" "$root/tmp"
    cp /usr/sbin/mosquitto "$root/usr/sbin/"
    ldd /usr/sbin/mosquitto | grep -o '/[^ ]*' | sort -u | xargs -I{} cp -L --parents {} "$root"
    printf '%s\n' 'root:x:0:0::/:/' 'mosquitto:x:100:100::/:/' > "$root/etc/passwd"
    printf '%s\n' 'root:x:0:' 'mosquitto:x:100:' > "$root/etc/group"
    printf '%s\n' 'listener 1883 0.0.0.0' 'allow_anonymous true' > "$root/mosquitto-no-auth.conf"
    tar -c -C "$root" . | docker_here import - "$image" > /dev/null || die "the image $image cannot be made"
}
