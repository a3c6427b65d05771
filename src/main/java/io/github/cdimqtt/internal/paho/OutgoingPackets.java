package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.net.connect.BrokerSocket;
import io.github.cdimqtt.internal.session.outbound.OutgoingFlows;
import io.github.cdimqtt.internal.session.outbound.OutgoingFlows.Flow;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Subscription;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttToken;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;

/** Hands our packets to Paho's sender and hears from Paho how they were answered. Thread-safe; never waits. */
final class OutgoingPackets {
    private final PahoClient client;
    private final PacketOutputStream output;
    private final BrokerSocket socket;
    private final OutgoingFlows flows;
    private final GuardedListener telling;
    private final MqttToken noAnswer;

    /** Creates the way out of one connection. */
    OutgoingPackets(
            PahoClient client,
            PacketOutputStream output,
            BrokerSocket socket,
            OutgoingFlows flows,
            GuardedListener telling) {
        this.client = client;
        this.output = output;
        this.socket = socket;
        this.flows = flows;
        this.telling = telling;
        this.noAnswer = new SharedToken(client.getClientId());
    }

    void subscribe(List<Subscription> subscriptions) {
        int id = flows.beginRequest();
        send(RequestPacket.subscribe(id, subscriptions), answer -> {
            int[] codes = answer.getGrantedQos();
            if (codes.length != subscriptions.size()) {
                throw new IllegalStateException("the broker answered " + subscriptions.size() + " subscriptions with "
                        + codes.length + " codes");
            }
            telling.tell(listener -> {
                flows.endRequest(id);
                listener.granted(subscriptions, codes);
            });
        });
    }

    void unsubscribe(List<String> filters) {
        int id = flows.beginRequest();
        send(RequestPacket.unsubscribe(id, filters), answer -> {
            telling.tell(listener -> {
                flows.endRequest(id);
                listener.unsubscribed(filters);
            });
        });
    }

    void publish(OutboundMessage message) {
        String excess = PublishPacket.excess(message);
        if (excess != null) {
            MqttException cause = new MqttException(excess + " is more than a packet can hold");
            telling.tell(listener -> listener.rejected(message, cause));
        } else if (message.qos() == Qos.AT_MOST_ONCE) {
            send(
                    new PublishPacket(message, 0, false),
                    written -> telling.tell(listener -> listener.delivered(message, 0)));
        } else {
            begin(message);
        }
    }

    private void begin(OutboundMessage message) {
        try {
            Flow flow = flows.begin(message);
            if (flow != null && !go(flow)) {
                flows.end(flow);
            }
        } catch (MqttException unkept) {
            telling.tell(listener -> listener.rejected(message, unkept));
        }
    }

    /** Sends again what the connection before left unanswered. */
    void resume(boolean sessionKept) {
        flows.resume(sessionKept).forEach(this::go);
    }

    /** Answers what the broker sent. */
    void answer(int type, int packetId) {
        send(new AnswerPacket(type, packetId), noAnswer);
    }

    /** Notes PUBREC; Paho answers it. */
    void received(int packetId) {
        flows.received(packetId);
    }

    /** Opened when Paho has started all of its threads. */
    CountDownLatch begun() {
        return output.begun();
    }

    /**
     * Says DISCONNECT after what was queued before, and waits until the socket is closed. Paho's sender would let it
     * overtake messages.
     */
    void disconnect(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        try {
            output.awaitWritten(millis);
            client.disconnect(0, null, null);
            socket.awaitClose(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        } catch (org.eclipse.paho.client.mqttv3.MqttException | InterruptedException e) {
            // It was lost at the same time, or is in a hurry.
        } finally {
            socket.close(null);
            awaitEnd();
        }
    }

    /** The connection is gone: waits for the thread that does not always notice. */
    void awaitEnd() {
        Thread sender = output.writer();
        if (sender != null && sender != Thread.currentThread()) {
            try {
                client.awaitEnd(sender);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A thread of Paho's died: so must the others. */
    void fail(Throwable cause) {
        socket.close(cause);
        client.fail(cause);
    }

    private boolean go(Flow flow) {
        int id = flow.packetId();
        MqttWireMessage packet =
                flow.received() ? RequestPacket.release(id) : new PublishPacket(flow.message(), id, flow.again());
        return send(
                packet,
                answer -> telling.tell(listener -> {
                    flows.end(flow);
                    listener.delivered(flow.message(), id);
                }));
    }

    private boolean send(MqttWireMessage packet, Consumer<IMqttToken> onAnswer) {
        MqttToken token = new MqttToken(client.getClientId());
        token.setActionCallback(new AnswerListener(onAnswer));
        return send(packet, token);
    }

    private boolean send(MqttWireMessage packet, MqttToken token) {
        output.expect(packet.getType());
        try {
            client.send(packet, token);
            return true;
        } catch (org.eclipse.paho.client.mqttv3.MqttException e) {
            // Not connected any more: the listener hears that from the thread that noticed.
            output.expectNot(packet.getType());
            return false;
        }
    }
}
