package io.github.cdimqtt.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.Recorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** An application on MQTT 5 that records messages, answers requests, and publishes. */
@ApplicationScoped
class CdiMqttApplication extends Recorder<TestMessage> {
    static final String RECORDED = "interop/in/";
    static final String ANSWERED = "interop/sum/";

    @Inject
    Mqtt mqtt;

    void arrived(@Observes @MqttTopic(value = RECORDED + "#", qos = Qos.EXACTLY_ONCE) MqttMessage message) {
        record(testMessage(message));
    }

    void asked(@Observes @MqttTopic(value = ANSWERED + "#", qos = Qos.AT_LEAST_ONCE) MqttMessage request) {
        mqtt.reply(request, "the sum of " + request.text());
    }

    /** Returns whether the broker has granted both subscriptions. */
    boolean isReady() {
        return mqtt.subscriptions().size() == 2;
    }

    CompletionStage<MqttEvent.Published> publish(TestMessage message) {
        MqttProperties.Builder properties = MqttProperties.builder()
                .contentType(emptyToNull(message.contentType()))
                .responseTopic(emptyToNull(message.responseTopic()))
                .correlationData(
                        message.correlation().isEmpty()
                                ? null
                                : message.correlation().getBytes(ISO_8859_1))
                .expiry(message.expiry() == null ? null : Duration.ofSeconds(message.expiry()))
                .text(message.isText());
        message.user().forEach(each -> properties.user(each.getKey(), each.getValue()));
        return mqtt.publish(
                message.topic(),
                message.text().getBytes(UTF_8),
                Qos.of(message.qos()),
                message.retained(),
                properties.build());
    }

    CompletionStage<String> ask(String topic, String text) {
        return mqtt.request(topic, text, String.class);
    }

    private static TestMessage testMessage(MqttMessage message) {
        MqttProperties properties = message.properties();
        return new TestMessage(
                message.topic(),
                message.text(),
                message.qos().level(),
                message.retained(),
                nullToEmpty(properties.contentType()),
                nullToEmpty(properties.responseTopic()),
                properties.correlationData() == null ? "" : new String(properties.correlationData(), ISO_8859_1),
                properties.isText(),
                properties.expiry() == null ? null : properties.expiry().toSeconds(),
                properties.user());
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String nullToEmpty(String text) {
        return text == null ? "" : text;
    }
}
