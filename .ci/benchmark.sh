# The benchmark, for a moment: it is built, and every client takes part. The figures of such a run say nothing.

benchmark() {
    local checks=0 wrong=0 result=0 client
    local project=src-it/benchmark/pom.xml tables=$checkout/target/benchmark.md
    maven verify -Drounds=1 -Dscale=50 -Dmarkdown="$tables" || result=$?
    check "it runs to its end" test "$result" = 0
    check "there are tables" test -s "$tables"
    check "no client has failed" not grep -F '| failed |' "$tables"
    for client in 'Eclipse Paho' 'cdi-mqtt on Paho' 'cdi-mqtt, direct, MQTT 3' 'cdi-mqtt, direct, MQTT 5' 'HiveMQ client, MQTT 3' 'HiveMQ client, MQTT 5' SmallRye 'plain CDI' '`memory:`'; do
        check "$client has figures" grep "^| $client[^|]*| *[0-9]" "$tables"
    done
    report benchmark
}
