package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.internal.packet.Packet;
import java.util.List;

/** Sends SUBSCRIBE and UNSUBSCRIBE on one connection. On the session's executor only. */
public interface RequestSender {

    void subscribe(List<Packet.Subscription> subscriptions);

    void unsubscribe(List<String> filters);

    /** No answer of the broker is due now. */
    void settled();
}
