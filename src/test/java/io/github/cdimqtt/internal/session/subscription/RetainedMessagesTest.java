package io.github.cdimqtt.internal.session.subscription;

import static io.github.cdimqtt.internal.session.subscription.RetainedMessages.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.testing.ManualTimer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** For whom the copies are that a broker sends of what it kept, in the order in which it sends them. */
class RetainedMessagesTest {
    private static final TopicFilter HOME = TopicFilter.of("home/#");
    private static final TopicFilter KITCHEN = TopicFilter.of("home/kitchen/+");
    private static final Recipient OF_HOME = new Recipient(HOME, true);
    private static final Recipient OF_KITCHEN = new Recipient(KITCHEN, true);

    private final ManualTimer timer = new ManualTimer();
    private final RetainedMessages retained = new RetainedMessages(timer);

    private Set<Recipient> recipients() {
        return retained.recipients("home/kitchen/temp");
    }

    @Test
    void copy_thatNobodyHasAskedFor_isForEveryone() {
        assertThat(recipients()).isNull();
        retained.asked(TopicFilter.of("garden/#"), Set.of());

        assertThat(recipients()).isNull();
    }

    @Test
    void firstCopy_asTheConnectionOpens_isForEveryone_andTheOthersForNobody() {
        retained.asked(HOME, null);
        retained.asked(KITCHEN, null);

        assertThat(recipients()).isNull();
        assertThat(recipients()).isSameAs(NOBODY);
        assertThat(recipients()).as("more than were asked for").isNull();
        assertThat(retained.recipients("home/hall")).as("another topic").isNull();
    }

    @Test
    void firstCopy_isForNobody_whereALiveMessageCameBeforeIt() {
        retained.asked(HOME, null);
        retained.asked(KITCHEN, null);
        retained.live("home/kitchen/temp");

        assertThat(recipients()).isSameAs(NOBODY);
    }

    @Test
    void copy_thatIsAskedForLater_isForThoseWhoseFilterMatches() {
        retained.asked(HOME, Set.of(OF_HOME, OF_KITCHEN));

        assertThat(recipients()).containsExactlyInAnyOrder(OF_HOME, OF_KITCHEN);
        assertThat(retained.recipients("home/hall")).containsExactly(OF_HOME);
    }

    @Test
    void copy_thatIsAskedForLater_isForNobody_onceALiveMessageHasCome() {
        retained.live("home/kitchen/temp");
        retained.asked(HOME, Set.of(OF_HOME));
        retained.live("home/kitchen/temp");
        retained.asked(HOME, Set.of(OF_KITCHEN));

        assertThat(recipients()).isSameAs(NOBODY);
        assertThat(recipients()).as("who asked after it").containsExactly(OF_KITCHEN);
    }

    @Test
    void sharedSubscription_bringsNoCopy() {
        retained.asked(TopicFilter.of("$share/g/home/#"), Set.of(OF_HOME));

        assertThat(recipients()).isNull();
        assertThat(timer.isIdle()).isTrue();
    }

    @Test
    void all_isForgotten_afterAWhile_butNotWhileAnAnswerIsDue() {
        retained.asked(HOME, Set.of(OF_HOME));
        timer.pass(Duration.ofSeconds(10));
        assertThat(retained.recipients("home/a")).containsExactly(OF_HOME);

        retained.answered(1);
        timer.pass(Duration.ofSeconds(1));
        assertThat(retained.recipients("home/b")).containsExactly(OF_HOME);
        timer.pass(Duration.ofSeconds(10));

        assertThat(retained.recipients("home/c")).isNull();
        assertThat(timer.isIdle()).isTrue();
    }

    @Test
    void all_isForgotten_whenTheConnectionIsLost() {
        retained.asked(HOME, Set.of(OF_HOME));
        retained.lost();
        assertThat(recipients()).isNull();
        assertThat(timer.isIdle()).isTrue();

        retained.asked(KITCHEN, Set.of(OF_KITCHEN));
        assertThat(recipients()).containsExactly(OF_KITCHEN);
    }

    @Test
    void countsOfTooManyTopics_areForgotten_andCopiesAreForEveryone() {
        retained.asked(HOME, Set.of(OF_HOME));
        retained.asked(KITCHEN, Set.of(OF_KITCHEN));
        for (int i = 0; i <= 100_000; i++) {
            retained.live("home/live/" + i);
            retained.recipients("home/" + i);
        }

        assertThat(recipients()).isNull();
    }

    @Test
    void filter_thatIsAskedForWithoutEnd_isForgotten() {
        for (int i = 0; i <= 100_000; i++) {
            retained.asked(HOME, Set.of(OF_HOME));
        }

        assertThat(recipients()).isNull();
    }
}
