package io.github.cdimqtt.internal.session.subscription;

/** Follows the requests on one connection: SUBSCRIBE and UNSUBSCRIBE. On the session's executor only. */
public interface RequestListener {
    /** A request was sent: an answer is due. */
    void requested();

    /** Every request was answered. */
    void settled();
}
