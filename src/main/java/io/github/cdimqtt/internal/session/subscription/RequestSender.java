package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.internal.packet.Packet;
import java.util.List;

/** Sends SUBSCRIBE and UNSUBSCRIBE on one connection. On the session's executor only. */
public interface RequestSender {

    /** Returns the address of the broker. */
    String server();

    /**
     * Sends SUBSCRIBE.
     *
     * @param identifier comes with each message for the filters, 1 to 268,435,455; 0 for none
     */
    void subscribe(List<Packet.Subscription> subscriptions, int identifier);

    void unsubscribe(List<String> filters);

    /** No answer of the broker is due now. */
    void settled();
}
