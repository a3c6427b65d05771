package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.support.ManualTimer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The message that a broker may have hung up over, rather than over a SUBSCRIBE or UNSUBSCRIBE. */
class RequestExchangeTest {
    private final Packet.Publish first = message("1", Qos.EXACTLY_ONCE);
    private final Packet.Publish second = message("2", Qos.EXACTLY_ONCE);
    private final FakeChannels channels = new FakeChannels();
    private final WireSession session = new WireSession(
            MqttConfig.builder()
                    .clientId("c")
                    .cleanSession(false)
                    .maxInflight(1)
                    .build(),
            "c",
            channels,
            MessageStore.NONE,
            new ManualTimer());
    private WireSession.Connection connection = connect(false);

    private WireSession.Connection connect(boolean sessionPresent) {
        WireSession.Connection opened = session.open("tcp://broker:1883", null, null, event -> {});
        channels.last().accept(sessionPresent);
        session.settle();
        return opened;
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void messageBeforeTheRequest_isTheFirst() {
        session.publish(first);
        session.subscribe("a", Qos.AT_MOST_ONCE);

        assertThat(connection.firstUnanswered(false)).isSameAs(first);
        channels.last().receive(new Packet.PubRec(1));
        assertThat(connection.firstUnanswered(false)).isNull();
    }

    @Test
    void messageBehindTheRequest_isTheFirst_afterTheAnswer() {
        session.subscribe("a", Qos.AT_MOST_ONCE);
        session.publish(first);

        assertThat(connection.firstUnanswered(false)).isNull();
        assertThat(connection.firstUnanswered(true)).isSameAs(first);
        channels.last().grant();
        assertThat(connection.firstUnanswered(false)).isSameAs(first);
    }

    @Test
    void messageSentAgainBehindTheRequest_isTheFirst_afterTheAnswer() {
        session.publish(first);
        connection.close(false);
        session.subscribe("a", Qos.AT_MOST_ONCE);
        connection = connect(true);

        assertThat(connection.firstUnanswered(false)).isNull();
        channels.last().grant();
        assertThat(connection.firstUnanswered(false)).isSameAs(first);
    }

    @Test
    void messageThatWaitsForTheWindow_isNotTheFirst() {
        session.publish(first);
        session.publish(second);
        channels.last().receive(new Packet.PubRec(1));

        assertThat(connection.firstUnanswered(true)).isNull();
        channels.last().receive(new Packet.PubComp(1));
        assertThat(connection.firstUnanswered(true)).isSameAs(second);
    }
}
