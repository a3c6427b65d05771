package io.github.cdimqtt.it;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test sees of an application on a broker inside the JVM; {@link MqttTestBrokerFaultsIT} has its faults. */
@ExtendWith(QuietLog.class)
@Timeout(60)
class MqttTestBrokerIT {

    @ApplicationScoped
    static class Climate {
        @Inject
        Mqtt mqtt;

        void temperature(
                @Observes @MqttTopic(value = "home/{room}/temp", qos = AT_LEAST_ONCE) double celsius,
                @TopicParam("room") String room) {
            if (celsius > 50) {
                mqtt.publish("home/" + room + "/alarm", "it is hot", AT_LEAST_ONCE);
            }
        }
    }

    @ApplicationScoped
    static class Recorder {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        void atMostOnce(@Observes @MqttTopic(value = "all/0", qos = AT_MOST_ONCE) MqttMessage message) {
            heard.add(message.topic() + " " + message.qos().level());
        }

        void atLeastOnce(@Observes @MqttTopic(value = "all/1", qos = AT_LEAST_ONCE) MqttMessage message) {
            heard.add(message.topic() + " " + message.qos().level());
        }

        void exactlyOnce(@ObservesAsync @MqttTopic(value = "all/2", qos = EXACTLY_ONCE) MqttMessage message) {
            heard.add(message.topic() + " " + message.qos().level());
        }

        List<String> heard() {
            return heard;
        }
    }

    @ApplicationScoped
    static class Failing {
        void first(@Observes @Priority(1) @MqttTopic(value = "fail", qos = AT_LEAST_ONCE) String text) {
            throw new IllegalStateException("no " + text);
        }

        void second(@Observes @Priority(2) @MqttTopic(value = "fail", qos = AT_MOST_ONCE) int number) {}
    }

    @ApplicationScoped
    static class Stuck {
        private final CountDownLatch free = new CountDownLatch(1);

        void wait(@Observes @MqttTopic("stuck/+") String text) throws InterruptedException {
            free.await();
        }

        void free() {
            free.countDown();
        }
    }

    record Point(int x, int y) {}

    @Dependent
    static class PointConverter implements PayloadConverter<Point> {
        @Override
        public boolean supports(Type type) {
            return type == Point.class;
        }

        @Override
        public Point read(MqttMessage message, Type type) {
            String[] parts = message.text().split(";", 2);
            return new Point(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }

        @Override
        public byte[] write(Point point) {
            return (point.x() + ";" + point.y()).getBytes(UTF_8);
        }
    }

    @ApplicationScoped
    static class Points {
        @Inject
        Mqtt mqtt;

        void mirror(@Observes @MqttTopic("point") Point point) {
            mqtt.publish("mirrored", new Point(point.y(), point.x()));
        }
    }

    @Dependent
    static class Injected {
        @Inject
        MqttTestBroker broker;

        @Inject
        @MqttBroker("second")
        MqttTestBroker second;
    }

    private static Map<String, String> keys(MqttTestBroker broker, String version, String... more) {
        Map<String, String> keys = Keys.of(broker.toString(), more);
        keys.put("mqtt.protocol-version", version);
        return keys;
    }

    private static List<String> texts(List<MqttMessage> messages) {
        return messages.stream().map(each -> each.topic() + " " + each.text()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1", "3.1.1", "5"})
    void whatAnObserverPublishes_isThereAfterwards(String version) {
        MqttTestBroker broker = MqttTestBroker.named("climate-" + version);
        try (TestContainer container = TestContainer.start(keys(broker, version), Climate.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            for (int i = 0; i < 100; i++) {
                broker.publish("home/r" + i + "/temp", i);
            }
            assertThat(broker.published()).hasSize(49);
            assertThat(texts(broker.published("home/r99/+"))).containsExactly("home/r99/alarm it is hot");
            MqttMessage first = broker.awaitPublished("home/+/alarm");
            assertThat(first.topic()).isEqualTo("home/r51/alarm");
            assertThat(first.qos()).isEqualTo(AT_LEAST_ONCE);
            assertThat(first.broker()).isEqualTo("memory:climate-" + version);
            assertThat(broker.awaitPublished("home/#").topic()).isEqualTo("home/r52/alarm");
            broker.clear();
            assertThat(broker.published()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"3.1.1, 0", "3.1.1, 1", "3.1.1, 2", "5, 0", "5, 1", "5, 2"})
    void message_isHandledWhenPublishReturns_atEachQos(String version, int level) {
        MqttTestBroker broker = MqttTestBroker.named("qos-" + version + level);
        try (TestContainer container = TestContainer.start(keys(broker, version), Recorder.class)) {
            for (int i = 0; i < 50; i++) {
                for (int observed = 0; observed <= 2; observed++) {
                    broker.publish("all/" + observed, "x", Qos.of(level));
                    assertThat(container.get(Recorder.class).heard())
                            .hasSize(3 * i + observed + 1)
                            .last()
                            .isEqualTo("all/" + observed + " " + Math.min(observed, level));
                    assertThat(broker.sessions())
                            .singleElement()
                            .extracting(MqttTestBroker.Session::waiting)
                            .isEqualTo(0);
                }
            }
        }
    }

    @Test
    void consumer_thatHasJustSubscribed_getsTheMessage() {
        MqttTestBroker broker = MqttTestBroker.named("consumer");
        List<String> heard = new CopyOnWriteArrayList<>();
        try (TestContainer container = TestContainer.start(keys(broker, "3.1.1"), Recorder.class)) {
            for (int i = 0; i < 50; i++) {
                String topic = "dynamic/" + i;
                container.get(Mqtt.class).subscribe(topic, AT_LEAST_ONCE, message -> heard.add(message.text()));
                broker.publish(topic, i);
                assertThat(heard).last().isEqualTo(Integer.toString(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void failure_namesTheObserverAndItsCause(String version) {
        MqttTestBroker broker = MqttTestBroker.named("failing-" + version);
        try (TestContainer container = TestContainer.start(keys(broker, version), Failing.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            assertThatThrownBy(() -> broker.publish("fail", "luck"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("Failing#first(String) failed on the message to 'fail':"
                            + " java.lang.IllegalStateException: no luck")
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no luck");
            assertThatThrownBy(() -> broker.publish("fail", "luck"))
                    .satisfies(error -> assertThat(error.getSuppressed())
                            .singleElement()
                            .satisfies(other -> assertThat(other).hasMessageContaining("int")));
            MqttEvent.MessageFailed failed = broker.publishExpectingFailure("fail", 5);
            assertThat(failed.observer()).isEqualTo("Failing#first(String)");
            assertThat(failed.cause()).hasMessage("no 5");
            assertThat(failed.message().text()).isEqualTo("5");
        }
    }

    @Test
    void payloadThatDoesNotConvert_isAFailure() {
        MqttTestBroker broker = MqttTestBroker.named("warm");
        try (TestContainer container = TestContainer.start(keys(broker, "3.1.1"), Climate.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            assertThatThrownBy(() -> broker.publish("home/hall/temp", "warm"))
                    .hasMessage(
                            "Climate#temperature(double, String) failed on the message to 'home/hall/temp': the payload"
                                    + " on 'home/hall/temp' does not convert to double: not such a number");
        }
    }

    @Test
    void failureThatDoesNotCome_isAnError() {
        MqttTestBroker broker = MqttTestBroker.named("fine");
        try (TestContainer container = TestContainer.start(keys(broker, "3.1.1"), Recorder.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            assertThatThrownBy(() -> broker.publishExpectingFailure("all/1", "x"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage(
                            "no observer failed on the message to 'all/1', which all have handled that have subscribed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void observerThatDoesNotReturn_isShownWithItsStack(int level) {
        MqttTestBroker broker = MqttTestBroker.named("stuck-" + level).setTimeout(Duration.ofMillis(300));
        try (TestContainer container = TestContainer.start(keys(broker, "3.1.1"), Stuck.class)) {
            assertThatThrownBy(() -> broker.publish("stuck/a", "x", Qos.of(level)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageMatching("the message to 'stuck/a' was not handled within 300 ms: the client '.*' is in"
                            + " Stuck#wait\\(String\\), which does not return")
                    .cause()
                    .hasMessageStartingWith("Stuck#wait(String) is here, on the thread cdi-mqtt-")
                    .satisfies(here -> assertThat(here.getStackTrace())
                            .anySatisfy(
                                    frame -> assertThat(frame.getClassName()).endsWith("Stuck")));
            assertThatThrownBy(() -> broker.publish("stuck/b", "x", Qos.of(level)))
                    .hasMessageEndingWith("has not handled it: most likely it is busy with earlier messages");
            container.get(Stuck.class).free();
            broker.setTimeout(Duration.ofSeconds(5)).publish("stuck/c", "x", Qos.of(level));
        }
    }

    @Test
    void messageForNobody_saysWhatIsSubscribed() {
        MqttTestBroker broker = MqttTestBroker.named("nobody").setTimeout(Duration.ofMillis(100));
        assertThatThrownBy(() -> broker.publish("home/kitchen", "x"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "nobody has subscribed to 'home/kitchen'; no application is connected to memory:nobody: check"
                                + " mqtt.broker-url, mqtt.enabled and that the container runs MqttExtension");
        try (TestContainer container = TestContainer.start(keys(broker, "3.1.1"), Recorder.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            assertThatThrownBy(() -> broker.publish("home/kitchen", "x"))
                    .hasMessage("nobody has subscribed to 'home/kitchen'; subscribed are 'all/0', 'all/1', 'all/2'");
        }
    }

    @Test
    void messageThatDoesNotCome_saysWhatWasPublished() {
        MqttTestBroker broker = MqttTestBroker.named("silent").setTimeout(Duration.ofMillis(100));
        try (TestContainer container = TestContainer.start(keys(broker, "3.1.1"), Climate.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            broker.publish("home/attic/temp", 51);
            assertThat(broker.awaitPublished("home/+/alarm").topic()).isEqualTo("home/attic/alarm");
            assertThatThrownBy(() -> broker.awaitPublished("home/+/alarm", Duration.ofMillis(50)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("nobody has published to 'home/+/alarm' within 50 ms, or all that was published was"
                            + " returned before; published to were 'home/attic/alarm'");
        }
    }

    @Test
    void retained_comesToWhoSubscribesLater() {
        MqttTestBroker broker = MqttTestBroker.named("retained");
        broker.publish("all/1", "before", AT_LEAST_ONCE, true);
        assertThat(broker.retained("all/1").text()).isEqualTo("before");
        assertThat(broker.retained("all/1").retained()).isTrue();
        assertThat(broker.retained("all/2")).isNull();
        try (TestContainer container = TestContainer.start(keys(broker, "3.1.1"), Recorder.class)) {
            broker.publish("all/1", "next");
            assertThat(container.get(Recorder.class).heard()).containsExactly("all/1 1", "all/1 1");
            broker.clear();
            assertThat(broker.retained("all/1")).isNull();
        }
    }

    @Test
    void properties_goAlong() {
        MqttTestBroker broker = MqttTestBroker.named("properties");
        MqttProperties properties =
                MqttProperties.builder().contentType("text/csv").build();
        try (TestContainer container = TestContainer.start(keys(broker, "5"), Climate.class)) {
            container
                    .get(Mqtt.class)
                    .subscribe(
                            "in",
                            AT_LEAST_ONCE,
                            message -> container
                                    .get(Mqtt.class)
                                    .publish("out", message.payload(), AT_LEAST_ONCE, true, message.properties()));
            broker.publish("in", "1;2", AT_LEAST_ONCE, false, properties);
            assertThat(broker.awaitPublished("out").properties().contentType()).isEqualTo("text/csv");
            assertThat(broker.retained("out").properties().contentType()).isEqualTo("text/csv");
        }
    }

    @Test
    void subscriptionsAndSessions_areThoseOfTheApplications() {
        MqttTestBroker broker = MqttTestBroker.named("sessions");
        TestContainer.start(keys(broker, "3.1.1", "client-id", "left", "clean-session", "false"), Climate.class)
                .close();
        try (TestContainer container =
                TestContainer.start(keys(broker, "3.1.1", "client-id", "here"), Recorder.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            assertThat(broker.subscriptions())
                    .containsExactly(
                            entry("all/0", AT_MOST_ONCE),
                            entry("all/1", AT_LEAST_ONCE),
                            entry("all/2", EXACTLY_ONCE),
                            entry("home/+/temp", AT_LEAST_ONCE));
            broker.publish("home/cellar/temp", 8); // which does not wait for who has left
            assertThat(broker.sessions())
                    .containsExactly(
                            new MqttTestBroker.Session("left", false, Map.of("home/+/temp", AT_LEAST_ONCE), 1),
                            new MqttTestBroker.Session(
                                    "here",
                                    true,
                                    Map.of("all/0", AT_MOST_ONCE, "all/1", AT_LEAST_ONCE, "all/2", EXACTLY_ONCE),
                                    0));
            broker.clear();
            assertThat(broker.sessions())
                    .extracting(MqttTestBroker.Session::clientId)
                    .containsExactly("here");
        }
        assertThat(broker.sessions()).isEmpty();
    }

    @Test
    void injectedBroker_isThatOfTheConnection_andConvertsAsTheApplicationDoes() {
        MqttTestBroker broker = MqttTestBroker.named("injected");
        MqttTestBroker other = MqttTestBroker.named("other");
        Map<String, String> keys = Keys.and(keys(broker, "3.1.1"), Keys.named("second", other.toString()));
        try (TestContainer container = TestContainer.start(keys, Injected.class, PointConverter.class, Points.class)) {
            Injected injected = container.get(Injected.class);
            assertThat(injected.broker).hasToString("memory:injected");
            assertThat(injected.second).hasToString("memory:other");
            injected.broker.publish("point", new Point(1, 2));
            assertThat(injected.broker.awaitPublished("mirrored").as(Point.class))
                    .isEqualTo(new Point(2, 1));
            broker.converting(new PointConverter()).publish("point", new Point(3, 4));
            assertThat(broker.awaitPublished("mirrored").text()).isEqualTo("4;3");
        }
    }

    @Test
    void injectedBroker_ofAConnectionElsewhere_saysSo() {
        Map<String, String> keys = Keys.of("tcp://127.0.0.1:1", "enabled", "false");
        try (TestContainer container = TestContainer.start(keys, Points.class, PointConverter.class)) {
            assertThatThrownBy(() -> container.get(MqttTestBroker.class))
                    .hasStackTraceContaining(
                            "the connection 'default' goes to tcp://127.0.0.1:1, and an MqttTestBroker is"
                                    + " inside this JVM; set mqtt.broker-url=memory:NAME for the tests");
        }
    }

    @Test
    @PortableOnly // there are two containers, and CDI.current() has one
    void applicationThatEnds_isNotWaitedFor() {
        MqttTestBroker broker = MqttTestBroker.named("ends");
        try (TestContainer other = TestContainer.startApart(keys(broker, "3.1.1"), Recorder.class)) {
            try (TestContainer container = TestContainer.startApart(keys(broker, "3.1.1"), Recorder.class)) {
                broker.publish("all/1", "x");
                assertThat(container.get(Recorder.class).heard()).hasSize(1);
            }
            broker.publish("all/1", "x");
            assertThat(other.get(Recorder.class).heard()).hasSize(2);
        }
    }
}
