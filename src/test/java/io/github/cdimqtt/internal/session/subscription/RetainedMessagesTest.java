package io.github.cdimqtt.internal.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.ManualTimer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The recipients of the copies that a broker sends of retained messages, in the order in which it sends them. */
class RetainedMessagesTest {
    private static final TopicFilter HOME = TopicFilter.of("home/#");
    private static final TopicFilter KITCHEN = TopicFilter.of("home/kitchen/+");
    private static final Recipient OF_HOME = new Recipient(HOME, true);
    private static final Recipient OF_KITCHEN = new Recipient(KITCHEN, true);

    private final ManualTimer timer = new ManualTimer();
    private final RetainedMessages retained = new RetainedMessages(timer);

    private Set<Recipient> recipients() {
        return recipients("home/kitchen/temp");
    }

    private Set<Recipient> recipients(String topic) {
        return retained.recipients(message(topic, true));
    }

    private void live(String topic) {
        assertThat(retained.recipients(message(topic, false))).isNull();
    }

    private static Packet.Publish message(String topic, boolean retain) {
        return new Packet.Publish(topic, ByteBuffer.allocate(0), Qos.AT_MOST_ONCE, retain, MqttProperties.NONE);
    }

    @Test
    void copyThatWasNotRequested_isForEveryone() {
        assertThat(recipients()).isNull();
        retained.requested(TopicFilter.of("garden/#"), Set.of(), true);

        assertThat(recipients()).isNull();
    }

    @Test
    void firstCopy_asTheConnectionOpens_isForEveryone_andTheOthersForNoRecipient() {
        retained.requested(HOME, null, true);
        retained.requested(KITCHEN, null, true);

        assertThat(recipients()).isNull();
        assertThat(recipients()).isEmpty();
        assertThat(recipients()).as("more than were requested").isNull();
        assertThat(recipients("home/hall")).as("another topic").isNull();
    }

    @Test
    void firstCopy_isForNoRecipient_afterALiveMessage() {
        retained.requested(HOME, null, true);
        retained.requested(KITCHEN, null, true);
        live("home/kitchen/temp");

        assertThat(recipients()).isEmpty();
    }

    @Test
    void copyRequestedLater_isForTheSubscribersWhoseFilterMatches() {
        retained.requested(HOME, Set.of(OF_HOME, OF_KITCHEN), true);

        assertThat(recipients()).containsExactlyInAnyOrder(OF_HOME, OF_KITCHEN);
        assertThat(recipients("home/hall")).containsExactly(OF_HOME);
    }

    @Test
    void copyRequestedLater_isForNoRecipient_afterALiveMessage() {
        live("home/kitchen/temp");
        retained.requested(HOME, Set.of(OF_HOME), true);
        live("home/kitchen/temp");
        retained.requested(HOME, Set.of(OF_KITCHEN), true);

        assertThat(recipients()).isEmpty();
        assertThat(recipients()).as("subscribed after it").containsExactly(OF_KITCHEN);
    }

    @Test
    void copyIsForNoRecipient_whoReceivedALiveMessage_betweenTheCallAndItsRequest() {
        retained.called(OF_HOME);
        live("home/kitchen/temp");
        retained.called(OF_KITCHEN);
        retained.requested(HOME, Set.of(OF_HOME, OF_KITCHEN), true);

        assertThat(recipients()).containsExactly(OF_KITCHEN);
        assertThat(recipients("home/hall")).as("without a live message").containsExactly(OF_HOME);
    }

    @Test
    void call_thatIsNotRequestedForAWhile_isForgotten() {
        retained.called(OF_HOME);
        live("home/kitchen/temp");
        timer.pass(Duration.ofSeconds(3));
        retained.requested(HOME, Set.of(OF_HOME), true);

        assertThat(recipients()).containsExactly(OF_HOME);
    }

    @Test
    void sharedSubscription_expectsNoCopy() {
        retained.requested(TopicFilter.of("$share/g/home/#"), Set.of(OF_HOME), true);

        assertThat(recipients()).isNull();
        assertThat(timer.isIdle()).isTrue();
    }

    @Test
    void requestThatBringsNoCopies_takesNoneFromTheNext() {
        retained.requested(HOME, Set.of(OF_HOME), false);
        retained.requested(KITCHEN, Set.of(OF_KITCHEN), true);

        assertThat(recipients()).containsExactly(OF_KITCHEN);
    }

    @Test
    void requests_areForgottenAfterAWhile_butNotWhileAnAnswerIsDue() {
        retained.requested(HOME, Set.of(OF_HOME), true);
        timer.pass(Duration.ofSeconds(10));
        assertThat(recipients("home/a")).containsExactly(OF_HOME);

        retained.answered(1);
        timer.pass(Duration.ofSeconds(1));
        assertThat(recipients("home/b")).containsExactly(OF_HOME);
        timer.pass(Duration.ofSeconds(10));

        assertThat(recipients("home/c")).isNull();
        assertThat(timer.isIdle()).isTrue();
    }

    @Test
    void requests_areForgotten_whenTheConnectionIsLost() {
        retained.requested(HOME, Set.of(OF_HOME), true);
        retained.lost();
        assertThat(recipients()).isNull();
        assertThat(timer.isIdle()).isTrue();

        retained.requested(KITCHEN, Set.of(OF_KITCHEN), true);
        assertThat(recipients()).containsExactly(OF_KITCHEN);
    }

    @Test
    void countsOfTooManyTopics_areForgotten_andCopiesAreForEveryone() {
        retained.requested(HOME, Set.of(OF_HOME), true);
        retained.requested(KITCHEN, Set.of(OF_KITCHEN), true);
        for (int i = 0; i <= 100_000; i++) {
            live("home/live/" + i);
            recipients("home/" + i);
        }

        assertThat(recipients()).isNull();
    }

    @Test
    void filterRequestedWithoutEnd_isForgotten() {
        for (int i = 0; i <= 100_000; i++) {
            retained.requested(HOME, Set.of(OF_HOME), true);
        }

        assertThat(recipients()).isNull();
    }
}
