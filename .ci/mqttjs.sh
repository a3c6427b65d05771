# mqtt.js in Node.js, installed by npm into the part's room: nothing of it is in the repository.

mqttjs_version=5.16.0

# with_mqttjs COMMAND...: with the directory that it is installed in as NPM_MQTT.
with_mqttjs() {
    command -v npm > /dev/null || install_packages nodejs npm
    runuser -u "$builder" -- env -i HOME="$home" PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 \
        NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-}" npm install --prefix "$room/mqttjs" --save-exact --ignore-scripts --no-audit --no-fund "mqtt@$mqttjs_version" || return
    environment=(NPM_MQTT="$room/mqttjs")
    "$@"
}
