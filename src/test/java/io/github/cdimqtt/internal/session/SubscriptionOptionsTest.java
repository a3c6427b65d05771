package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Retained.SEND;
import static io.github.cdimqtt.Retained.SEND_IF_NEW;
import static io.github.cdimqtt.Retained.SKIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.PacketEncoder;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.testing.Statement;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is asked for with a filter on MQTT 5, and who gets the retained messages that come of it. */
class SubscriptionOptionsTest {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private SessionFixture session = new SessionFixture(MqttConfig.builder().protocolVersion("5"));

    private FakeChannel open() {
        session.session.connect();
        return accept(false);
    }

    private FakeChannel accept(boolean sessionPresent) {
        FakeChannel channel = session.channels.last();
        channel.receive(new BrokerTerms().accepted(sessionPresent));
        channel.grantAll();
        return channel;
    }

    private CompletableFuture<Qos> subscribe(String filter, Retained retained, boolean consumer) {
        CompletableFuture<Qos> stage =
                session.session.subscribe(TopicFilter.of(filter), AT_MOST_ONCE, retained, consumer);
        if (session.session.isConnected()) {
            session.channels.last().grantAll();
        }
        return stage;
    }

    /** Returns the retain handling of the newest request for a filter. */
    private int handling(String filter) {
        return session.channels.last().sent(Packet.Subscribe.class).stream()
                .flatMap(each -> each.subscriptions().stream())
                .filter(each -> each.filter().equals(filter))
                .reduce((first, last) -> last)
                .orElseThrow()
                .retainHandling();
    }

    private void retained(String topic) {
        Packet.Publish message = SessionFixture.inbound(topic, AT_MOST_ONCE, 0);
        session.channels.last().receive(new Packet.Publish(topic, message.payload(), AT_MOST_ONCE, true, false, 0));
    }

    private static Set<Recipient> consumer(String filter) {
        return Set.of(new Recipient(TopicFilter.of(filter), true));
    }

    @Statement({"MQTT-3.3.1-9", "MQTT-3.3.1-10", "MQTT-3.3.1-11", "MQTT-3.3.1-12"})
    @Test
    void choice_isTheRetainHandling() {
        subscribe("a", SEND, false);
        subscribe("b", SEND_IF_NEW, false);
        subscribe("c", SKIP, false);
        open();

        assertThat(session.channels.last().sent(Packet.Subscribe.class))
                .singleElement()
                .extracting(Packet.Subscribe::subscriptions)
                .isEqualTo(List.of(
                        new Packet.Subscription("a", AT_MOST_ONCE, false, false, 0),
                        new Packet.Subscription("b", AT_MOST_ONCE, false, false, 1),
                        new Packet.Subscription("c", AT_MOST_ONCE, false, false, 2)));
    }

    @Test
    void coveringFilter_hasTheMostGenerousChoice() {
        subscribe("home/#", SKIP, false);
        subscribe("home/a", SEND_IF_NEW, false);
        subscribe("garden/+", SEND_IF_NEW, false);
        subscribe("garden/a", SEND, false);
        open();

        assertThat(handling("home/#")).isEqualTo(1);
        assertThat(handling("garden/+")).isZero();
    }

    @Statement({"MQTT-3.8.4-3", "MQTT-3.8.4-4"})
    @Test
    void laterChoice_replacesTheFormer_acrossReconnects() {
        subscribe("a", SEND, false);
        FakeChannel channel = open();
        subscribe("a", SKIP, false);
        assertThat(handling("a")).isEqualTo(2);

        channel.lose(new IOException("gone"));
        session.nextAttempt();
        accept(false);

        assertThat(handling("a")).isEqualTo(2);
        subscribe("a", SEND, false);
        assertThat(handling("a")).isZero();
    }

    @Test
    void choiceOfTheConsumer_doesNotTakeTheObserversTheirs() {
        subscribe("a", SEND, false);
        FakeChannel channel = open();
        subscribe("a", SKIP, true);
        assertThat(handling("a")).as("only the consumer is new").isEqualTo(2);

        channel.lose(new IOException("gone"));
        session.nextAttempt();
        accept(false);

        assertThat(handling("a")).as("of both").isZero();
    }

    @Test
    void filterThatIsCoveredLater_bringsTheRetainedMessagesThatItAsksFor() {
        subscribe("home/#", SEND, false);
        open();
        session.timer.pass(QUIET); // the copies of the connect are not counted any more
        subscribe("home/a", SKIP, true);
        assertThat(handling("home/#")).isEqualTo(2);
        subscribe("home/b", SEND, true);
        assertThat(handling("home/#")).isZero();
        retained("home/b");
        session.timer.pass(QUIET);
        subscribe("home/c", SEND_IF_NEW, true);
        assertThat(handling("home/#")).as("new, which the broker does not know").isZero();
        retained("home/c");
        subscribe("home/c", SEND_IF_NEW, true);
        assertThat(handling("home/#")).isEqualTo(1);

        assertThat(session.recipients).containsExactly(consumer("home/b"), consumer("home/c"));
    }

    @Test
    void requestThatBringsNoCopies_isNotCounted() {
        subscribe("home/#", SEND, false);
        open();
        session.timer.pass(QUIET); // the copies of the connect are not counted any more
        subscribe("home/+", SKIP, true);
        subscribe("home/#", SEND_IF_NEW, true); // which the broker has
        subscribe("home/a", SEND, true);

        retained("home/a");

        assertThat(session.recipients).containsExactly(consumer("home/a"));
    }

    @Test
    void newFilter_bringsCopiesForItsRecipients_ifTheBrokerCanNotHaveIt() {
        open();
        subscribe("a", SEND_IF_NEW, true);
        retained("a");

        assertThat(session.recipients).containsExactly(consumer("a"));
    }

    /** Nothing tells whether copies come, so they are for everyone. */
    @Test
    void newFilter_ofAKeptSession_bringsCopiesForEveryone() {
        session = new SessionFixture(
                MqttConfig.builder().protocolVersion("5").clientId("me").cleanSession(false));
        session.session.connect();
        accept(true);
        subscribe("a", SEND_IF_NEW, true);
        subscribe("+", SEND, true);
        retained("a");
        retained("a");

        assertThat(session.recipients).containsExactly(Set.of(new Recipient(TopicFilter.of("+"), true)), null);
    }

    @Test
    void retainedMessages_comeWithWhatTheRefusedCoverCovered() {
        open();
        session.session.subscribe(TopicFilter.of("home/a"), AT_MOST_ONCE, SEND, true);
        session.channels.last().grantAll();
        session.session.unsubscribe(TopicFilter.of("home/a"));
        session.channels.last().answerUnsubscribe();
        session.timer.pass(QUIET);
        session.session.subscribe(TopicFilter.of("garden"), AT_MOST_ONCE); // so that the next two go together
        session.session.subscribe(TopicFilter.of("home/#"), AT_MOST_ONCE, SEND, true);
        session.session.subscribe(TopicFilter.of("home/a"), AT_MOST_ONCE, SEND, true);
        session.channels.last().grant();
        session.channels.last().answerSubscribe(0x87);
        session.channels.last().grantAll();

        assertThat(handling("home/a")).isZero();
    }

    @Statement("MQTT-3.3.1-13")
    @Test
    void retainAsPublished_isAsked_andRetainIsNoCopyThen() {
        session = new SessionFixture(MqttConfig.builder().protocolVersion("5").retainAsPublished(true));
        open();
        subscribe("a", SEND, true);
        subscribe("+", SEND, true);
        retained("a"); // live: who published it said so
        retained("a");

        assertThat(session.channels.last().sent(Packet.Subscribe.class))
                .flatExtracting(Packet.Subscribe::subscriptions)
                .allMatch(Packet.Subscription::retainAsPublished);
        assertThat(session.recipients).containsExactly(null, null);
    }

    @Statement({"MQTT-3.8.3-3", "MQTT-3.8.3-4"})
    @Test
    void noLocal_isAsked_butNotOfASharedFilter() {
        session = new SessionFixture(MqttConfig.builder().protocolVersion("5").noLocal(true));
        subscribe("a", SEND, false);
        subscribe("$share/g/b", SEND, false);
        open();

        assertThat(session.channels.last().sent(Packet.Subscribe.class))
                .flatExtracting(Packet.Subscribe::subscriptions)
                .extracting(Packet.Subscription::noLocal)
                .containsExactly(true, false);
    }

    @Statement({"MQTT-3.3.1-9", "MQTT-3.3.1-10", "MQTT-3.3.1-11", "MQTT-3.3.1-13", "MQTT-3.8.3-3", "MQTT-3.8.3-5"})
    @Test
    void requests_areTheseBytes() {
        session = new SessionFixture(
                MqttConfig.builder().protocolVersion("5").noLocal(true).retainAsPublished(true));
        session.session.subscribe(TopicFilter.of("a"), AT_LEAST_ONCE, SEND_IF_NEW, false);
        session.session.subscribe(TopicFilter.of("+/b"), AT_LEAST_ONCE, SKIP, false);
        session.session.subscribe(TopicFilter.of("b/+"), AT_LEAST_ONCE, SEND, false);
        open();

        assertThat(session.channels.last().sent(Packet.Subscribe.class))
                .extracting(each -> HexFormat.of().formatHex(PacketEncoder.encode(each, ProtocolVersion.V5)))
                .containsExactly(
                        "8207" + "0001" + "00" + "000161" + "1d",
                        "820b" + "0002" + "020b01" + "00032b2f62" + "2d",
                        "820b" + "0003" + "020b02" + "0003622f2b" + "0d");
    }
}
