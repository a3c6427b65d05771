package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read of keys that a bean replaces, passwords out of files, and topics with placeholders. */
class DoubtfulSettingsTest {
    private final ProblemRecorder recorder = new ProblemRecorder();

    @ParameterizedTest
    @EnumSource
    void warnOfReplacedKeys_namesThoseOfTheConnectionThatNobodyRefersTo(Sources sources) {
        ConfigReader reader = recorder.reader(sources.of(
                Map.of(
                        "mqtt.client-id", "c",
                        "mqtt.password", "canary",
                        "mqtt.broker-url", "b",
                        "mqtt.plant.broker-url", "p"),
                Map.of("MQTT_KEEPALIVE", "5")));
        reader.resolve("a/${mqtt.client-id}");
        reader.warnOfReplacedKeys("default");
        reader.warnOfReplacedKeys("cloud");
        assertThat(recorder.warnings)
                .containsExactly("MQTT-029: mqtt.broker-url, mqtt.password, mqtt.keepalive: not read, because the"
                        + " MqttConfig bean of 'default' takes the place of all keys of its connection; remove them,"
                        + " unless it reads them itself");
    }

    @ParameterizedTest
    @EnumSource
    void read_ofAPasswordFromAFileWithTheEndOfItsLine_warns(Sources sources) {
        MqttConfig config = recorder.reader(sources.of(
                        Map.of("mqtt.broker-url", "b", "mqtt.username", "u", "mqtt.password", "canary\n"), Map.of()))
                .read("default");
        assertThat(config.password()).isEqualTo("canary\n");
        assertThat(recorder.warnings)
                .containsExactly("MQTT-030: mqtt.password ends with the end of a line, which is taken as a part of it ("
                        + sources.file() + "); a file may have added it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mqtt.presence.topic=s/{hots}                    | MQTT-001: mqtt.presence.topic='s/{hots}': unknown placeholder {hots}; {host}, {app} or {client-id} (app.properties)
                    mqtt.last-will.topic={topic}                    | MQTT-001: mqtt.last-will.topic='{topic}': unknown placeholder {topic}; {host}, {app} or {client-id} (app.properties)
                    mqtt.dead-letter-topic={random}                 | MQTT-001: mqtt.dead-letter-topic='{random}': unknown placeholder {random}; {topic}, {host}, {app} or {client-id} (app.properties)
                    mqtt.presence.topic={host}/#                    | MQTT-003: mqtt.presence.topic: topic '{host}/#': '#' is for filters, no message can have it (character 7) (app.properties)
                    mqtt.presence.topic=s/{client-id},mqtt.client-id=a+ | MQTT-003: mqtt.presence.topic: with its client-id, topic 's/a+': '+' is for filters, no message can have it (character 3)
                    """)
    void read_ofATopicWithAPlaceholder_saysWhatIsWrong(String settings, String problem) {
        assertThat(recorder.reader(Sources.BUILT_IN.of(ProblemRecorder.properties(settings), Map.of()))
                        .read("default"))
                .isNull();
        assertThat(recorder.problems).containsExactly(problem);
    }
}
