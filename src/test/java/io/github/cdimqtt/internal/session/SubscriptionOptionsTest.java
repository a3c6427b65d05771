package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Retained.SEND;
import static io.github.cdimqtt.Retained.SEND_IF_NEW;
import static io.github.cdimqtt.Retained.SKIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.PacketEncoder;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.Statement;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked for with a filter on MQTT 5. */
class SubscriptionOptionsTest {
    private OptionsFixture fixture = new OptionsFixture();

    @Statement({"MQTT-3.3.1-9", "MQTT-3.3.1-10", "MQTT-3.3.1-11", "MQTT-3.3.1-12"})
    @Test
    void choice_isTheRetainHandling() {
        fixture.subscribe("a", SEND, false);
        fixture.subscribe("b", SEND_IF_NEW, false);
        fixture.subscribe("c", SKIP, false);
        fixture.open();

        assertThat(fixture.session.channels.last().sent(Packet.Subscribe.class))
                .singleElement()
                .extracting(Packet.Subscribe::subscriptions)
                .isEqualTo(List.of(
                        new Packet.Subscription("a", AT_MOST_ONCE, false, false, 0),
                        new Packet.Subscription("b", AT_MOST_ONCE, false, false, 1),
                        new Packet.Subscription("c", AT_MOST_ONCE, false, false, 2)));
    }

    @Test
    void coveringFilter_hasTheMostGenerousChoice() {
        fixture.subscribe("home/#", SKIP, false);
        fixture.subscribe("home/a", SEND_IF_NEW, false);
        fixture.subscribe("garden/+", SEND_IF_NEW, false);
        fixture.subscribe("garden/a", SEND, false);
        fixture.open();

        assertThat(fixture.handling("home/#")).isEqualTo(1);
        assertThat(fixture.handling("garden/+")).isZero();
    }

    @Statement({"MQTT-3.8.4-3", "MQTT-3.8.4-4"})
    @Test
    void laterChoice_replacesTheFormer_acrossReconnects() {
        fixture.subscribe("a", SEND, false);
        FakeChannel channel = fixture.open();
        fixture.subscribe("a", SKIP, false);
        assertThat(fixture.handling("a")).isEqualTo(2);

        channel.lose(new IOException("gone"));
        fixture.session.nextAttempt();
        fixture.accept(false);

        assertThat(fixture.handling("a")).isEqualTo(2);
        fixture.subscribe("a", SEND, false);
        assertThat(fixture.handling("a")).isZero();
    }

    @Test
    void choiceOfTheConsumer_doesNotTakeTheObserversTheirs() {
        fixture.subscribe("a", SEND, false);
        FakeChannel channel = fixture.open();
        fixture.subscribe("a", SKIP, true);
        assertThat(fixture.handling("a")).as("only the consumer is new").isEqualTo(2);

        channel.lose(new IOException("gone"));
        fixture.session.nextAttempt();
        fixture.accept(false);

        assertThat(fixture.handling("a")).as("of both").isZero();
    }

    @Statement({"MQTT-3.8.3-3", "MQTT-3.8.3-4"})
    @Test
    void noLocal_isAsked_butNotOfASharedFilter() {
        fixture = new OptionsFixture(MqttConfig.builder().noLocal(true));
        fixture.subscribe("a", SEND, false);
        fixture.subscribe("$share/g/b", SEND, false);
        fixture.open();

        assertThat(fixture.session.channels.last().sent(Packet.Subscribe.class))
                .flatExtracting(Packet.Subscribe::subscriptions)
                .extracting(Packet.Subscription::noLocal)
                .containsExactly(true, false);
    }

    @Statement({"MQTT-3.3.1-9", "MQTT-3.3.1-10", "MQTT-3.3.1-11", "MQTT-3.3.1-13", "MQTT-3.8.3-3", "MQTT-3.8.3-5"})
    @Test
    void requests_areTheseBytes() {
        fixture = new OptionsFixture(MqttConfig.builder().noLocal(true).retainAsPublished(true));
        fixture.session.session.subscribe(TopicFilter.of("a"), AT_LEAST_ONCE, SEND_IF_NEW, false);
        fixture.session.session.subscribe(TopicFilter.of("+/b"), AT_LEAST_ONCE, SKIP, false);
        fixture.session.session.subscribe(TopicFilter.of("b/+"), AT_LEAST_ONCE, SEND, false);
        fixture.open();

        assertThat(fixture.session.channels.last().sent(Packet.Subscribe.class))
                .extracting(each -> HexFormat.of().formatHex(PacketEncoder.encode(each, ProtocolVersion.V5)))
                .containsExactly(
                        "8207" + "0001" + "00" + "000161" + "1d",
                        "820b" + "0002" + "020b01" + "00032b2f62" + "2d",
                        "820b" + "0003" + "020b02" + "0003622f2b" + "0d");
    }
}
