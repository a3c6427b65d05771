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

/**
 * Passes packets to Paho's sender, and reports their answers to the listener. Thread-safe. Only {@link #disconnect} and
 * {@link #awaitEnd} wait.
 */
final class OutgoingPackets {
    private final PahoClient client;
    private final PacketOutputStream output;
    private final BrokerSocket socket;
    private final OutgoingFlows flows;
    private final GuardedListener listener;
    private final MqttToken sharedToken;

    /** Creates the outgoing side of one connection. */
    OutgoingPackets(
            PahoClient client,
            PacketOutputStream output,
            BrokerSocket socket,
            OutgoingFlows flows,
            GuardedListener listener) {
        this.client = client;
        this.output = output;
        this.socket = socket;
        this.flows = flows;
        this.listener = listener;
        this.sharedToken = new SharedToken(client.getClientId());
    }

    void subscribe(List<Subscription> subscriptions) {
        int id = flows.beginRequest();
        send(RequestPacket.subscribe(id, subscriptions), answer -> {
            int[] reasonCodes = answer.getGrantedQos();
            if (reasonCodes.length != subscriptions.size()) {
                throw new IllegalStateException("the broker answered " + subscriptions.size() + " subscriptions with "
                        + reasonCodes.length + " codes");
            }
            listener.call(session -> {
                flows.endRequest(id);
                session.granted(subscriptions, reasonCodes);
            });
        });
    }

    void unsubscribe(List<String> filters) {
        int id = flows.beginRequest();
        send(RequestPacket.unsubscribe(id, filters), answer -> {
            listener.call(session -> {
                flows.endRequest(id);
                session.unsubscribed(filters);
            });
        });
    }

    void publish(OutboundMessage message) {
        String excess = PublishPacket.excess(message);
        if (excess != null) {
            MqttException cause = new MqttException(excess + " is more than a packet can hold");
            listener.call(session -> session.rejected(message, cause));
        } else if (message.qos() == Qos.AT_MOST_ONCE) {
            send(
                    new PublishPacket(message, 0, false),
                    written -> listener.call(session -> session.delivered(message, 0)));
        } else {
            beginFlow(message);
        }
    }

    private void beginFlow(OutboundMessage message) {
        try {
            Flow flow = flows.begin(message);
            if (flow != null && !sendFlow(flow)) {
                flows.end(flow);
            }
        } catch (MqttException notStored) {
            listener.call(session -> session.rejected(message, notStored));
        }
    }

    /** Sends again what was unanswered on the connection before. */
    void resume(boolean sessionKept) {
        flows.resume(sessionKept).forEach(this::sendFlow);
    }

    /** Sends PUBACK, PUBREC or PUBCOMP. */
    void acknowledge(int type, int packetId) {
        send(new AnswerPacket(type, packetId), sharedToken);
    }

    /** Records a PUBREC; Paho answers it. */
    void pubrecReceived(int packetId) {
        flows.pubrecReceived(packetId);
    }

    /** Returns a latch that opens when Paho has started all of its threads. */
    CountDownLatch started() {
        return output.started();
    }

    /**
     * Sends DISCONNECT after all queued packets, and waits until the socket is closed. Paho's sender would let
     * DISCONNECT overtake messages.
     */
    void disconnect(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        try {
            output.awaitWritten(millis);
            client.disconnect(0, null, null);
            socket.awaitClose(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        } catch (org.eclipse.paho.client.mqttv3.MqttException | InterruptedException e) {
            // The connection was lost meanwhile, or the wait was interrupted.
        } finally {
            socket.close(null);
            awaitEnd();
        }
    }

    /** Waits for Paho's sender to end after the connection is lost, which it does not always notice. */
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

    /** Ends Paho's other threads after one of them died. */
    void fail(Throwable cause) {
        socket.close(cause);
        client.fail(cause);
    }

    private boolean sendFlow(Flow flow) {
        int id = flow.packetId();
        MqttWireMessage packet = flow.pubrecReceived()
                ? RequestPacket.pubrel(id)
                : new PublishPacket(flow.message(), id, flow.duplicate());
        return send(
                packet,
                answer -> listener.call(session -> {
                    flows.end(flow);
                    session.delivered(flow.message(), id);
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
            // Not connected any more: the thread that noticed reports the loss.
            output.cancelExpected(packet.getType());
            return false;
        }
    }
}
