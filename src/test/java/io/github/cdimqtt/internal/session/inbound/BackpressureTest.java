package io.github.cdimqtt.internal.session.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.internal.session.FakeChannel;
import io.github.cdimqtt.support.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackpressureTest {
    private final ManualTimer timer = new ManualTimer();
    private final FakeChannel channel = new FakeChannel();
    private final List<String> calls = channel.calls();
    private final List<String> reports = new ArrayList<>();
    private boolean answerDue;
    private Backpressure backpressure = backpressure(Duration.ofSeconds(20));

    private Backpressure backpressure(Duration maxPause) {
        Backpressure made =
                new Backpressure(4, 1000, () -> answerDue, timer, (topic, count) -> reports.add(count + " " + topic));
        made.connected(maxPause.multipliedBy(3));
        return made;
    }

    private boolean admit() {
        return admit(1);
    }

    private boolean admit(int bytes) {
        return backpressure.admit("t", bytes, channel);
    }

    private void fillQueue() {
        for (int i = 0; i < 5; i++) {
            assertThat(admit()).isTrue();
        }
    }

    private void release(int count) {
        for (int i = 0; i < count; i++) {
            backpressure.release(1);
        }
    }

    @Test
    void fullQueue_pausesReadingUntilItIsHalfEmpty() {
        fillQueue();
        assertThat(calls).containsExactly("pause");

        release(2);
        assertThat(calls).containsExactly("pause");
        release(1);

        assertThat(calls).containsExactly("pause", "resume");
        timer.pass(Duration.ofMinutes(1));
        assertThat(calls).hasSize(2);
    }

    @Test
    void largeMessages_pauseReadingUntilHalfOfTheirBytesAreReleased() {
        admit(600);
        assertThat(calls).isEmpty();
        admit(600);
        assertThat(calls).containsExactly("pause");

        backpressure.release(600);
        assertThat(calls).containsExactly("pause");
        backpressure.release(600);
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void messageLargerThanTheLimit_isAccepted() {
        assertThat(admit(5000)).isTrue();
        backpressure.release(5000);
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void largeMessages_afterALongPause_areDroppedUntilThereIsRoom() {
        admit(600);
        admit(600);
        timer.pass(Duration.ofSeconds(20));

        assertThat(admit(600)).isFalse();
        backpressure.release(600);
        backpressure.release(600);
        assertThat(admit(600)).isTrue();
    }

    @Test
    void newConnection_isPausedAnew() {
        fillQueue();

        backpressure.connected(Duration.ZERO);
        assertThat(admit()).isTrue();

        assertThat(calls).containsExactly("pause", "resume", "pause");
    }

    @Test
    void longPause_endsAndMessagesAreDroppedUntilThereIsRoom() {
        fillQueue();
        timer.pass(Duration.ofSeconds(20));
        assertThat(calls).containsExactly("pause", "resume");

        assertThat(admit()).isFalse();
        release(3);

        assertThat(admit()).isTrue();
        assertThat(calls).hasSize(2);
    }

    @Test
    void pauseThatEndedForAnAnswer_beginsAgainAfterTheAnswer() {
        answerDue = true;
        fillQueue();
        timer.pass(Duration.ofSeconds(1));
        assertThat(admit()).isTrue();
        assertThat(calls).containsExactly("pause", "resume");

        answerDue = false;
        assertThat(admit()).isTrue();

        assertThat(calls).containsExactly("pause", "resume", "pause");
    }

    @Test
    void lateAnswer_dropsNoMessage_untilTheConnectionIsAtStake() {
        answerDue = true;
        fillQueue();
        timer.pass(Duration.ofSeconds(1));

        for (int i = 0; i < 900; i++) {
            assertThat(admit()).isTrue();
        }
        assertThat(calls).containsExactly("pause", "resume");
        assertThat(admit(900)).isTrue(); // the bytes are used up
        assertThat(calls).containsExactly("pause", "resume", "pause");
        timer.pass(Duration.ofSeconds(9));
        assertThat(calls).hasSize(3);
        timer.pass(Duration.ofSeconds(1));

        assertThat(calls).hasSize(4).last().isEqualTo("resume");
        assertThat(admit()).isFalse();
    }

    @Test
    void messagesReadForAnAnswer_causeNoDropsLater() {
        answerDue = true;
        fillQueue();
        timer.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            admit();
        }
        answerDue = false;
        admit();
        release(100);
        timer.pass(Duration.ofSeconds(20));

        for (int i = 0; i < 100; i++) {
            assertThat(admit()).isTrue();
        }
        assertThat(admit()).isFalse();
    }

    @Test
    void answerThatBecomesDueInAPause_shortensIt() {
        fillQueue();
        timer.pass(Duration.ofMillis(5_500));
        answerDue = true;

        timer.pass(Duration.ofMillis(1_500));

        assertThat(calls).containsExactly("pause", "resume");
    }

    /** Each second, when a pause looks, one is due; in between it comes, and another one becomes due. */
    @Test
    void answersThatAreDueOneAfterTheOther_shortenAPauseAsOneDoes() {
        admit(1200); // the bytes are used up
        for (int i = 0; i < 10; i++) {
            assertThat(calls).containsExactly("pause");
            answerDue = false;
            timer.pass(Duration.ofMillis(500));
            answerDue = true;
            timer.pass(Duration.ofMillis(500));
        }
        assertThat(calls).containsExactly("pause", "resume");
        timer.pass(Duration.ofMinutes(1));

        assertThat(calls).hasSize(2);
    }

    @Test
    void answerThatIsNoLongerDue_doesNotShortenAPause() {
        fillQueue();
        answerDue = true;
        timer.pass(Duration.ofMillis(500));
        answerDue = false;

        timer.pass(Duration.ofSeconds(19));
        assertThat(calls).containsExactly("pause");
        timer.pass(Duration.ofMillis(500));

        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void shortLongestPause_isKept() {
        backpressure = backpressure(Duration.ofMillis(300));
        fillQueue();

        timer.pass(Duration.ofMillis(300));

        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void drops_areCountedAndReportedOnceASecond() {
        fillQueue();
        timer.pass(Duration.ofSeconds(20));
        for (int i = 0; i < 7; i++) {
            admit();
        }
        assertThat(reports).isEmpty();
        timer.pass(Duration.ofSeconds(1));
        assertThat(reports).containsExactly("7 t");
        admit();
        timer.pass(Duration.ofSeconds(1));

        assertThat(reports).containsExactly("7 t", "1 t");
    }

    @Test
    void queueThatEmptiesWhilePausing_resumesReading() {
        for (int i = 0; i < 4; i++) {
            admit();
        }
        channel.whenPaused(() -> release(5)); // all are handled meanwhile
        admit();

        assertThat(calls).containsExactly("pause", "resume");
    }
}
