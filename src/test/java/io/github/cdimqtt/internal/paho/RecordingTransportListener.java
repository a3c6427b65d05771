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

/** Records what the transport tells, in order. */
final class RecordingTransportListener implements Transport.Listener {

    record Connected(boolean sessionPresent) {}

    record Granted(List<Subscription> asked, List<Integer> codes) {}

    record Unsubscribed(List<String> filters) {}

    record Delivered(OutboundMessage message, int packetId) {}

    record Rejected(OutboundMessage message, MqttException cause) {}

    record Lost(MqttException cause) {}

    private final BlockingQueue<Object> news = new LinkedBlockingQueue<>();
    private final Deque<Object> skipped = new ArrayDeque<>();

    /** Waits for the next thing told, which must be this. */
    void expect(Object expected) {
        assertThat(next(Object.class)).isEqualTo(expected);
    }

    /** Waits for the next thing told, which must be of this type. */
    <T> T next(Class<T> type) {
        Object next = skipped.isEmpty() ? poll() : skipped.remove();
        assertThat(next).isInstanceOf(type);
        return type.cast(next);
    }

    /** Waits for the next thing told of this type; what was told before stays. */
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
            return news.poll(ScriptedBroker.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for the loss, which must be the next thing told. */
    String lost() {
        return next(Lost.class).cause().getMessage();
    }

    /** Asserts that nothing was told that was not asked for yet. */
    void expectNothing() {
        assertThat(skipped).isEmpty();
        assertThat(news).isEmpty();
    }

    @Override
    public void connected(boolean sessionPresent) {
        news.add(new Connected(sessionPresent));
    }

    @Override
    public void granted(List<Subscription> asked, int[] reasonCodes) {
        news.add(new Granted(asked, java.util.Arrays.stream(reasonCodes).boxed().toList()));
    }

    @Override
    public void unsubscribed(List<String> filters) {
        news.add(new Unsubscribed(filters));
    }

    @Override
    public void received(InboundMessage message) {
        news.add(message);
    }

    @Override
    public void delivered(OutboundMessage message, int packetId) {
        news.add(new Delivered(message, packetId));
    }

    @Override
    public void rejected(OutboundMessage message, MqttException cause) {
        news.add(new Rejected(message, cause));
    }

    @Override
    public void lost(MqttException cause) {
        news.add(new Lost(cause));
    }
}
