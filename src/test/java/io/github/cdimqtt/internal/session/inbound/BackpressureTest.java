package io.github.cdimqtt.internal.session.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.testing.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackpressureTest {
    private final ManualTimer timer = new ManualTimer();
    private final List<String> calls = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    private boolean answersAreDue;
    private final Backpressure pressure = new Backpressure(
            4,
            1000,
            Duration.ofSeconds(20),
            () -> answersAreDue,
            timer,
            (topic, count) -> reports.add(count + " " + topic));

    private boolean admit() {
        return admit(1);
    }

    private boolean admit(int bytes) {
        return pressure.admit("t", bytes, source(() -> {}));
    }

    private void fill() {
        for (int i = 0; i < 5; i++) {
            assertThat(admit()).isTrue();
        }
    }

    private void release(int count) {
        for (int i = 0; i < count; i++) {
            pressure.release(1);
        }
    }

    @Test
    void fullQueue_stopsReadingUntilItIsHalfEmpty() {
        fill();
        assertThat(calls).containsExactly("pause");

        release(2);
        assertThat(calls).containsExactly("pause");
        release(1);

        assertThat(calls).containsExactly("pause", "resume");
        timer.pass(Duration.ofMinutes(1));
        assertThat(calls).hasSize(2);
    }

    @Test
    void largeMessages_stopReadingUntilHalfOfTheirBytesAreHandled() {
        admit(600);
        assertThat(calls).isEmpty();
        admit(600);
        assertThat(calls).containsExactly("pause");

        pressure.release(600);
        assertThat(calls).containsExactly("pause");
        pressure.release(600);
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void messageLargerThanAllThatMayWait_isTakenAndHandled() {
        assertThat(admit(5000)).isTrue();
        pressure.release(5000);
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void largeMessages_afterALongPause_areDroppedUntilThereIsRoom() {
        admit(600);
        admit(600);
        timer.pass(Duration.ofSeconds(20));

        assertThat(admit(600)).isFalse();
        pressure.release(600);
        pressure.release(600);
        assertThat(admit(600)).isTrue();
    }

    @Test
    void newConnection_isHeldBackAnew() {
        fill();

        pressure.connected();
        assertThat(admit()).isTrue();

        assertThat(calls).containsExactly("pause", "resume", "pause");
    }

    @Test
    void longPause_endsAndMessagesAreDroppedUntilThereIsRoom() {
        fill();
        timer.pass(Duration.ofSeconds(20));
        assertThat(calls).containsExactly("pause", "resume");

        assertThat(admit()).isFalse();
        release(3);

        assertThat(admit()).isTrue();
        assertThat(calls).hasSize(2);
    }

    @Test
    void pauseThatEndedForAnAnswer_beginsAgainWhenTheAnswerHasCome() {
        answersAreDue = true;
        fill();
        timer.pass(Duration.ofSeconds(1));
        assertThat(admit()).isTrue();
        assertThat(calls).containsExactly("pause", "resume");

        answersAreDue = false;
        assertThat(admit()).isTrue();

        assertThat(calls).containsExactly("pause", "resume", "pause");
    }

    @Test
    void answerThatIsLate_costsNoMessage_untilTheConnectionIsAtStake() {
        answersAreDue = true;
        fill();
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
    void whatWasReadForAnAnswer_isNoReasonToDropLater() {
        answersAreDue = true;
        fill();
        timer.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            admit();
        }
        answersAreDue = false;
        admit();
        release(100);
        timer.pass(Duration.ofSeconds(20));

        for (int i = 0; i < 100; i++) {
            assertThat(admit()).isTrue();
        }
        assertThat(admit()).isFalse();
    }

    @Test
    void pauseWhileAnswersAreDue_isShort() {
        answersAreDue = true;
        fill();

        timer.pass(Duration.ofSeconds(1));

        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void answerThatBecomesDueInAPause_shortensIt() {
        fill();
        timer.pass(Duration.ofSeconds(5));
        pressure.answerIsDue();

        timer.pass(Duration.ofSeconds(1));

        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void answersThatBecomeDueAgainAndAgain_shortenAPauseOnce() {
        fill();
        for (int i = 0; i < 3; i++) {
            timer.pass(Duration.ofMillis(400));
            pressure.answerIsDue();
        }

        timer.pass(Duration.ofMillis(400));

        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void drops_areCountedExactlyAndToldOnceASecond() {
        fill();
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
    void queueThatEmptiesWhileReadingStops_doesNotStayStopped() {
        fillAndHandle();

        assertThat(calls).containsExactly("pause", "resume");
    }

    /** The fifth message finds the queue full, and all are handled before reading has stopped. */
    private void fillAndHandle() {
        for (int i = 0; i < 4; i++) {
            admit();
        }
        pressure.admit("t", 1, source(() -> release(5)));
    }

    private MessageSource source(Runnable whenPaused) {
        return new MessageSource() {
            @Override
            public AcknowledgementOrder acknowledgements() {
                throw new AssertionError("not asked for");
            }

            @Override
            public void pause() {
                calls.add("pause");
                whenPaused.run();
            }

            @Override
            public void resume() {
                calls.add("resume");
            }
        };
    }
}
