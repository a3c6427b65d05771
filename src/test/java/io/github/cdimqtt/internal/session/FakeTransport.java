package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.internal.transport.ConnectRequest;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Subscription;
import io.github.cdimqtt.internal.transport.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A transport whose connections record their calls, and whose broker the test plays. */
final class FakeTransport implements Transport {
    final List<FakeConnection> connections = new ArrayList<>();
    final Queue<Error> faults = new ArrayDeque<>();
    boolean closed;

    @Override
    public Connection open(ConnectRequest request, Listener listener) {
        if (!faults.isEmpty()) {
            throw faults.remove();
        }
        FakeConnection connection = new FakeConnection(request, listener);
        connections.add(connection);
        return connection;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Returns the newest connection. */
    FakeConnection last() {
        return connections.get(connections.size() - 1);
    }

    final class FakeConnection implements Connection {
        final ConnectRequest request;
        final Listener broker;
        final List<List<Subscription>> subscribed = new ArrayList<>();
        final List<List<String>> unsubscribed = new ArrayList<>();
        final List<OutboundMessage> published = new ArrayList<>();
        final List<InboundMessage> acknowledged = new ArrayList<>();
        OutboundMessage firstUnanswered;
        boolean messageFirst; // it was sent before the unanswered subscribe
        final List<String> calls = new ArrayList<>();

        FakeConnection(ConnectRequest request, Listener broker) {
            this.request = request;
            this.broker = broker;
        }

        /** Accepts the connection, and grants its subscriptions. */
        FakeConnection accept() {
            broker.connected(false);
            grantAll();
            return this;
        }

        /** Grants unanswered subscriptions until there are no more. */
        void grantAll() {
            for (int i = 0; i < subscribed.size(); i++) {
                List<Subscription> requested = subscribed.get(i);
                broker.granted(
                        requested,
                        requested.stream().mapToInt(each -> each.qos().level()).toArray());
            }
            subscribed.clear();
        }

        @Override
        public void subscribe(List<Subscription> subscriptions) {
            subscribed.add(subscriptions);
        }

        @Override
        public void unsubscribe(List<String> filters) {
            unsubscribed.add(filters);
        }

        @Override
        public void publish(OutboundMessage message) {
            published.add(message);
        }

        @Override
        public OutboundMessage firstUnanswered(boolean behindRequests) {
            return behindRequests || messageFirst || subscribed.isEmpty() ? firstUnanswered : null;
        }

        @Override
        public void acknowledge(InboundMessage message) {
            acknowledged.add(message);
        }

        @Override
        public void pause() {
            calls.add("pause");
        }

        @Override
        public void resume() {
            calls.add("resume");
        }

        @Override
        public void close(boolean orderly) {
            if (!faults.isEmpty()) {
                throw faults.remove();
            }
            calls.add(orderly ? "close orderly" : "close");
        }
    }
}
