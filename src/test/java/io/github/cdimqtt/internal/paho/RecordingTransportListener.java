package io.github.cdimqtt.internal.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Subscription;
import io.github.cdimqtt.internal.transport.Transport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Records what the transport reports, in order. */
final class RecordingTransportListener implements Transport.Listener {

    record Connected(boolean sessionPresent) {}

    record Granted(List<Subscription> requested, List<Integer> codes) {}

    record Unsubscribed(List<String> filters) {}

    record Delivered(OutboundMessage message, int packetId) {}

    record Rejected(OutboundMessage message, MqttException cause) {}

    record Lost(MqttException cause) {}

    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final Deque<Object> skipped = new ArrayDeque<>();

    /** Waits for the next event, which must equal this one. */
    void expect(Object expected) {
        assertThat(next(Object.class)).isEqualTo(expected);
    }

    /** Waits for the next event, which must be of this type. */
    <T> T next(Class<T> type) {
        Object next = skipped.isEmpty() ? poll() : skipped.remove();
        assertThat(next).isInstanceOf(type);
        return type.cast(next);
    }

    /** Waits for the next event of this type; events before it stay. */
    <T> T find(Class<T> type) {
        for (Object each : skipped) {
            if (type.isInstance(each)) {
                skipped.remove(each);
                return type.cast(each);
            }
        }
        Object next = poll();
        while (!type.isInstance(next)) {
            assertThat(next).as("no %s in %s", type.getSimpleName(), skipped).isNotNull();
            skipped.add(next);
            next = poll();
        }
        return type.cast(next);
    }

    private Object poll() {
        try {
            return events.poll(ScriptedBroker.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for the loss, which must be the next event. Returns its message. */
    String lost() {
        return next(Lost.class).cause().getMessage();
    }

    /** Asserts that no further event was reported. */
    void expectNothing() {
        assertThat(skipped).isEmpty();
        assertThat(events).isEmpty();
    }

    @Override
    public void connected(boolean sessionPresent) {
        events.add(new Connected(sessionPresent));
    }

    @Override
    public void granted(List<Subscription> requested, int[] reasonCodes) {
        events.add(new Granted(
                requested, java.util.Arrays.stream(reasonCodes).boxed().toList()));
    }

    @Override
    public void unsubscribed(List<String> filters) {
        events.add(new Unsubscribed(filters));
    }

    @Override
    public void received(InboundMessage message) {
        events.add(message);
    }

    @Override
    public void delivered(OutboundMessage message, int packetId) {
        events.add(new Delivered(message, packetId));
    }

    @Override
    public void rejected(OutboundMessage message, MqttException cause) {
        events.add(new Rejected(message, cause));
    }

    @Override
    public void lost(MqttException cause) {
        events.add(new Lost(cause));
    }
}
