package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.Packet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request without an answer so far.
 *
 * @param calledAt when the application asked, on the session's timer
 * @param responseTopic where its answer comes; null before it is sent
 */
record OpenRequest(
        long number,
        Packet.Publish message,
        long calledAt,
        CompletableFuture<Packet.Publish> stage,
        Timer.Task timeout,
        @Nullable String responseTopic) {

    OpenRequest sentWith(String responseTopic) {
        return new OpenRequest(number, message, calledAt, stage, timeout, responseTopic);
    }
}
