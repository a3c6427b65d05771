package io.github.cdimqtt;

import static io.github.cdimqtt.Setting.BROKER_URL;
import static io.github.cdimqtt.Setting.CLEAN_SESSION;
import static io.github.cdimqtt.Setting.CLIENT_ID;
import static io.github.cdimqtt.Setting.DEAD_LETTER_TOPIC;
import static io.github.cdimqtt.Setting.LAST_WILL_MESSAGE;
import static io.github.cdimqtt.Setting.LAST_WILL_QOS;
import static io.github.cdimqtt.Setting.LAST_WILL_RETAIN;
import static io.github.cdimqtt.Setting.LAST_WILL_TOPIC;
import static io.github.cdimqtt.Setting.ON_FAILURE;
import static io.github.cdimqtt.Setting.PASSWORD;
import static io.github.cdimqtt.Setting.PERSISTENCE_DIRECTORY;
import static io.github.cdimqtt.Setting.PRESENCE_TOPIC;
import static io.github.cdimqtt.Setting.RECONNECT_MAX_DELAY;
import static io.github.cdimqtt.Setting.RECONNECT_MIN_DELAY;
import static io.github.cdimqtt.Setting.TLS_CA_CERTS;
import static io.github.cdimqtt.Setting.TLS_CERTFILE;
import static io.github.cdimqtt.Setting.TLS_KEYSTORE;
import static io.github.cdimqtt.Setting.TLS_TRUSTSTORE;
import static io.github.cdimqtt.Setting.TRANSPORT;
import static io.github.cdimqtt.Setting.USERNAME;

import io.github.cdimqtt.internal.net.BrokerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What settings say against one another. Each fault starts with the key that it is about and names every other key that
 * takes part: who reads configuration leaves out what only follows from a value that was refused.
 */
final class Contradictions {
    private final Settings settings;
    private final List<String> faults = new ArrayList<>();

    private Contradictions(Settings settings) {
        this.settings = settings;
    }

    /** Throws MqttException if settings do not go together, with one suppressed for each fault. */
    static void check(Settings settings) {
        Contradictions contradictions = new Contradictions(settings);
        contradictions.checkAddress();
        contradictions.checkIdentity();
        contradictions.checkWill();
        contradictions.checkFailure();
        contradictions.checkDelays();
        contradictions.checkTls();
        contradictions.report();
    }

    private void report() {
        if (!faults.isEmpty()) {
            MqttException all = new MqttException(String.join("\n", faults));
            faults.forEach(fault -> all.addSuppressed(new MqttException(fault)));
            throw all;
        }
    }

    private void checkAddress() {
        List<BrokerAddress> addresses = settings.get(BROKER_URL);
        if (!Words.WEB_SOCKETS.equals(settings.get(TRANSPORT))) {
            addresses.stream()
                    .filter(address -> !address.webSocket() && address.path().length() > 1)
                    .forEach(address ->
                            fault(BROKER_URL, address, "a path or a query needs ws, wss, or transport=websockets"));
        }
    }

    private void checkIdentity() {
        String clientId = settings.find(CLIENT_ID);
        boolean fixed = clientId != null && !clientId.contains("{random}");
        if (!settings.<Boolean>get(CLEAN_SESSION) && !fixed) {
            fault(
                    CLEAN_SESSION,
                    "false",
                    "the broker knows a session by its client id; set client-id, without {random}");
        }
        if (settings.has(PERSISTENCE_DIRECTORY) && !fixed) {
            fault(
                    PERSISTENCE_DIRECTORY,
                    settings.get(PERSISTENCE_DIRECTORY),
                    "what it keeps belongs to one client id; set client-id, without {random}");
        }
        if (settings.has(PASSWORD) && !settings.has(USERNAME)) {
            fault(PASSWORD, "", "needs a user name (MQTT 3.1.1 [MQTT-3.1.2-22]); set username");
        }
    }

    private void checkWill() {
        List<Setting> will = Stream.of(LAST_WILL_TOPIC, LAST_WILL_MESSAGE, LAST_WILL_QOS, LAST_WILL_RETAIN)
                .filter(settings::has)
                .toList();
        if (settings.has(PRESENCE_TOPIC) && !will.isEmpty()) {
            String keys = String.join(", ", will.stream().map(Setting::key).toList());
            fault(
                    PRESENCE_TOPIC,
                    settings.get(PRESENCE_TOPIC),
                    "is itself a last will, and there is only one; remove " + keys);
        } else if (!settings.has(LAST_WILL_TOPIC)) {
            will.forEach(setting -> faults.add(setting.key() + ": a last will needs a topic; set last-will.topic"));
        }
    }

    private void checkFailure() {
        OnFailure onFailure = settings.get(ON_FAILURE);
        if (onFailure == OnFailure.REDELIVER && settings.<Boolean>get(CLEAN_SESSION)) {
            fault(
                    ON_FAILURE,
                    "redeliver",
                    "the broker repeats a message only in a session that it keeps; set clean-session=false");
        }
        if (onFailure == OnFailure.DEAD_LETTER && !settings.has(DEAD_LETTER_TOPIC)) {
            fault(ON_FAILURE, "dead-letter", "where to is missing; set dead-letter-topic");
        }
    }

    private void checkDelays() {
        Duration min = settings.get(RECONNECT_MIN_DELAY);
        Duration max = settings.get(RECONNECT_MAX_DELAY);
        if (min.compareTo(max) > 0) {
            fault(RECONNECT_MIN_DELAY, min, "longer than reconnect.max-delay, " + DurationText.of(max));
        }
    }

    private void checkTls() {
        rejectBoth(TLS_CA_CERTS, TLS_TRUSTSTORE);
        rejectBoth(TLS_CERTFILE, TLS_KEYSTORE);
    }

    private void rejectBoth(Setting one, Setting other) {
        if (settings.has(one) && settings.has(other)) {
            fault(one, settings.get(one), "says the same as " + other.key() + "; remove one of them");
        }
    }

    private void fault(Setting setting, Object value, String wrong) {
        faults.add(setting.fault(value, wrong));
    }
}
