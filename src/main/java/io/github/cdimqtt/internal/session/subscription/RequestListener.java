package io.github.cdimqtt.internal.session.subscription;

/** Follows the requests (SUBSCRIBE, UNSUBSCRIBE) on one connection. On the session's executor only. */
@FunctionalInterface
public interface RequestListener {
    /** A request was sent or answered; {@code due} is whether an answer of the broker is due now. */
    void answerDue(boolean due);
}
