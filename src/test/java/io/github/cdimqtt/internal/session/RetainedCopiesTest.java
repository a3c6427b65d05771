package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Retained.SEND;
import static io.github.cdimqtt.Retained.SEND_IF_NEW;
import static io.github.cdimqtt.Retained.SKIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.Statement;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who gets the retained messages that come of a subscription on MQTT 5. */
class RetainedCopiesTest {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private OptionsFixture fixture = new OptionsFixture();

    private static Set<Recipient> consumer(String filter) {
        return Set.of(new Recipient(TopicFilter.of(filter), true));
    }

    @Test
    void filterThatIsCoveredLater_bringsTheRetainedMessagesThatItAsksFor() {
        fixture.subscribe("home/#", SEND, false);
        fixture.open();
        fixture.session.timer.pass(QUIET); // the copies of the connect are not counted any more
        fixture.subscribe("home/a", SKIP, true);
        assertThat(fixture.handling("home/#")).isEqualTo(2);
        fixture.subscribe("home/b", SEND, true);
        assertThat(fixture.handling("home/#")).isZero();
        fixture.retained("home/b");
        fixture.session.timer.pass(QUIET);
        fixture.subscribe("home/c", SEND_IF_NEW, true);
        assertThat(fixture.handling("home/#"))
                .as("new, which the broker does not know")
                .isZero();
        fixture.retained("home/c");
        fixture.subscribe("home/c", SEND_IF_NEW, true);
        assertThat(fixture.handling("home/#")).isEqualTo(1);

        assertThat(fixture.session.recipients).containsExactly(consumer("home/b"), consumer("home/c"));
    }

    private void reconnect() {
        fixture.session.nextAttempt();
        fixture.accept(true);
    }

    @Test
    void filterThatIsCovered_subscribedDuringAnOutage_bringsItsRetainedMessages() {
        fixture = new OptionsFixture(MqttConfig.builder().clientId("me").cleanSession(false));
        fixture.subscribe("home/#", SEND_IF_NEW, false);
        FakeChannel channel = fixture.open();
        channel.lose(new IOException("gone"));
        fixture.subscribe("home/c", SEND_IF_NEW, true);
        reconnect();
        assertThat(fixture.handling("home/#")).as("which the broker has").isZero();

        fixture.session.channels.last().lose(new IOException("gone"));
        reconnect();

        assertThat(fixture.handling("home/#")).isEqualTo(1);
    }

    @Test
    void filterWhoseAnswerIsLost_bringsItsRetainedMessages() {
        fixture = new OptionsFixture(MqttConfig.builder().clientId("me").cleanSession(false));
        fixture.subscribe("home/#", SEND_IF_NEW, false);
        FakeChannel channel = fixture.open();
        fixture.session.session.subscribe(TopicFilter.of("home/c"), AT_MOST_ONCE, SEND_IF_NEW, true);
        assertThat(fixture.handling("home/#")).isZero();
        channel.lose(new IOException("gone"));
        reconnect();
        assertThat(fixture.handling("home/#")).isZero();

        fixture.session.session.subscribe(TopicFilter.of("garden"), AT_MOST_ONCE, SEND_IF_NEW, true);
        assertThat(fixture.handling("garden")).isEqualTo(1);
        fixture.session.channels.last().lose(new IOException("gone"));
        reconnect();

        assertThat(fixture.handling("garden")).as("which the broker may have").isZero();
        assertThat(fixture.handling("home/#")).isEqualTo(1);
    }

    @Test
    void requestThatBringsNoCopies_isNotCounted() {
        fixture.subscribe("home/#", SEND, false);
        fixture.open();
        fixture.session.timer.pass(QUIET); // the copies of the connect are not counted any more
        fixture.subscribe("home/+", SKIP, true);
        fixture.subscribe("home/#", SEND_IF_NEW, true); // which the broker has
        fixture.subscribe("home/a", SEND, true);

        fixture.retained("home/a");

        assertThat(fixture.session.recipients).containsExactly(consumer("home/a"));
    }

    @Test
    void newFilter_bringsCopiesForItsRecipients_ifTheBrokerCanNotHaveIt() {
        fixture.open();
        fixture.subscribe("a", SEND_IF_NEW, true);
        fixture.retained("a");

        assertThat(fixture.session.recipients).containsExactly(consumer("a"));
    }

    /** Nothing tells whether copies come, so they are for everyone. */
    @Test
    void newFilter_ofAKeptSession_bringsCopiesForEveryone() {
        fixture = new OptionsFixture(MqttConfig.builder().clientId("me").cleanSession(false));
        fixture.session.session.connect();
        fixture.accept(true);
        fixture.subscribe("a", SEND_IF_NEW, true);
        fixture.subscribe("+", SEND, true);
        fixture.retained("a");
        fixture.retained("a");

        assertThat(fixture.session.recipients).containsExactly(Set.of(new Recipient(TopicFilter.of("+"), true)), null);
    }

    @Test
    void retainedMessages_comeWithWhatTheRefusedCoverCovered() {
        fixture.open();
        fixture.session.session.subscribe(TopicFilter.of("home/a"), AT_MOST_ONCE, SEND, true);
        fixture.session.channels.last().grantAll();
        fixture.session.session.unsubscribe(TopicFilter.of("home/a"));
        fixture.session.channels.last().answerUnsubscribe();
        fixture.session.timer.pass(QUIET);
        fixture.session.session.subscribe(
                TopicFilter.of("garden"), AT_MOST_ONCE, Retained.SEND, false); // so that the next two go together
        fixture.session.session.subscribe(TopicFilter.of("home/#"), AT_MOST_ONCE, SEND, true);
        fixture.session.session.subscribe(TopicFilter.of("home/a"), AT_MOST_ONCE, SEND, true);
        fixture.session.channels.last().grant();
        fixture.session.channels.last().answerSubscribe(0x87);
        fixture.session.channels.last().grantAll();

        assertThat(fixture.handling("home/a")).isZero();
    }

    @Statement("MQTT-3.3.1-13")
    @Test
    void retainAsPublished_isAsked_andRetainIsNoCopyThen() {
        fixture = new OptionsFixture(MqttConfig.builder().retainAsPublished(true));
        fixture.open();
        fixture.subscribe("a", SEND, true);
        fixture.subscribe("+", SEND, true);
        fixture.retained("a"); // live: who published it said so
        fixture.retained("a");

        assertThat(fixture.session.channels.last().sent(Packet.Subscribe.class))
                .flatExtracting(Packet.Subscribe::subscriptions)
                .allMatch(Packet.Subscription::retainAsPublished);
        assertThat(fixture.session.recipients).containsExactly(null, null);
    }
}
