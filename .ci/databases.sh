# Debian's databases, of the part's user, for as long as the part needs one. The port is that of the database and the lane.

# with_postgresql COMMAND...: with the URL of an empty database as -Doutbox.url.
with_postgresql() {
    local data=$room/postgresql port=$((15432 + lane)) result=0 bin
    bin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
    as_builder "$bin/initdb" -D "$data" -U test -A trust > "$room/initdb.log" || { cat "$room/initdb.log"; die "PostgreSQL can't be set up"; }
    as_builder "$bin/pg_ctl" -D "$data" -w -l "$room/postgresql.log" \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=" start
    as_builder "$bin/postgres" --version
    "$@" "-Doutbox.url=jdbc:postgresql://127.0.0.1:$port/postgres?user=test" || result=$?
    as_builder "$bin/pg_ctl" -D "$data" -m fast stop
    return "$result"
}

# with_mariadb COMMAND...: the same.
with_mariadb() {
    local data=$room/mariadb port=$((13306 + lane)) result=0 tries=60
    as_builder mariadb-install-db --no-defaults --datadir="$data" --auth-root-authentication-method=normal --skip-test-db \
        > "$room/install-db.log" || { cat "$room/install-db.log"; die "MariaDB can't be set up"; }
    as_builder /usr/sbin/mariadbd --version
    as_builder /usr/sbin/mariadbd --no-defaults --datadir="$data" --port="$port" --bind-address=127.0.0.1 --socket="$room/mariadb.socket" \
        > "$room/mariadb.log" 2>&1 &
    until as_builder mariadb --no-defaults --socket="$room/mariadb.socket" -u root -e "CREATE DATABASE outbox" 2> /dev/null; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || { cat "$room/mariadb.log"; die "MariaDB does not start"; }
        sleep 1
    done
    "$@" "-Doutbox.url=jdbc:mariadb://127.0.0.1:$port/outbox?user=root" || result=$?
    as_builder mariadb-admin --no-defaults --socket="$room/mariadb.socket" -u root shutdown
    wait
    return "$result"
}
