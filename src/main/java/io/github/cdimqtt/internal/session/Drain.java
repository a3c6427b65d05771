package io.github.cdimqtt.internal.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The wait at the end of a session until all messages are acknowledged, or can't be, as the broker does not answer. There is
 * no time for the back-off then: one attempt follows at once, but no storm of them. On the session's executor only.
 */
final class Drain {
    private @Nullable Runnable whenDone;
    private boolean retried;

    void begin(Runnable whenDone) {
        this.whenDone = whenDone;
    }

    /**
     * An attempt failed, or the connection is lost. Returns whether to try again at once.
     *
     * @param delay that is due otherwise
     */
    boolean retriesAtOnce(Duration delay, boolean wasConnected) {
        if (whenDone == null) {
            return false;
        }
        boolean retries = delay.isZero() || wasConnected && !retried;
        retried |= retries;
        if (!retries && !wasConnected) {
            whenDone.run();
        }
        return retries;
    }
}
