package io.github.cdimqtt.internal.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A client of the broker that records what it gets, and answers nothing by itself. */
final class RecordingClient implements PacketSink {
    private final MemoryBroker broker;
    private final CompletableFuture<?> ready = new CompletableFuture<>();
    private final ClientConnection connection;
    private final List<Packet> packets = new ArrayList<>();
    private int lastId = 1000;
    private boolean ended;
    private int wakes;

    RecordingClient(MemoryBroker broker, int mostWaiting) {
        this.broker = broker;
        try {
            this.connection = broker.open(this, mostWaiting, () -> ready);
        } catch (ConnectException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void packet(Packet packet) {
        assertThat(ended).as("ended before " + packet).isFalse();
        packets.add(packet);
    }

    @Override
    public void ended() {
        ended = true;
    }

    @Override
    public void wake() {
        wakes++;
    }

    boolean hasEnded() {
        return ended;
    }

    int wakes() {
        return wakes;
    }

    RecordingClient send(Packet packet) {
        broker.receive(connection, packet);
        return this;
    }

    /** Connects and takes the CONNACK of a connection that is accepted. */
    RecordingClient accepted(Packet.Connect connect) {
        assertThat(connack(connect).returnCode()).isZero();
        return this;
    }

    Packet.ConnAck connack(Packet.Connect connect) {
        send(connect);
        return (Packet.ConnAck) packets.remove(0);
    }

    /** Subscribes and takes the SUBACK, the retained messages stay. */
    RecordingClient subscribed(String filter, Qos qos) {
        return subscribed(0, new Packet.Subscription(filter, qos));
    }

    RecordingClient subscribed(int identifier, Packet.Subscription... subscriptions) {
        suback(identifier, subscriptions);
        return this;
    }

    List<Integer> suback(int identifier, Packet.Subscription... subscriptions) {
        send(new Packet.Subscribe(++lastId, List.of(subscriptions), identifier));
        Packet.SubAck answer = (Packet.SubAck) packets.remove(0);
        assertThat(answer.packetId()).isEqualTo(lastId);
        return answer.reasonCodes();
    }

    /** Publishes text with QoS 0. */
    void publish(String topic, String text) {
        send(ManualBroker.message(topic, text, Qos.AT_MOST_ONCE, 0));
    }

    /** Publishes text with QoS 1 and takes the PUBACK. Returns its reason code. */
    int publishQos1(String topic, String text) {
        return publishQos1(ManualBroker.message(topic, text, Qos.AT_LEAST_ONCE, ++lastId));
    }

    int publishQos1(Packet.Publish message) {
        int before = packets.size();
        send(message);
        Packet.PubAck answer = packets.stream()
                .filter(Packet.PubAck.class::isInstance)
                .map(Packet.PubAck.class::cast)
                .findFirst()
                .orElseThrow();
        packets.remove(answer);
        assertThat(packets.size()).isGreaterThanOrEqualTo(before);
        return answer.reason().code();
    }

    /** Takes all that came. */
    List<Packet> take() {
        List<Packet> all = List.copyOf(packets);
        packets.clear();
        return all;
    }

    /** Takes the only packet that came. */
    <P extends Packet> P only(Class<P> type) {
        assertThat(packets).hasSize(1);
        return type.cast(take().get(0));
    }

    /** Takes all that came, which are messages. */
    List<Packet.Publish> messages() {
        return take().stream().map(Packet.Publish.class::cast).toList();
    }

    /** Takes all that came, which are messages. */
    List<String> texts() {
        return messages().stream().map(RecordingClient::text).toList();
    }

    static String text(Packet.Publish message) {
        return UTF_8.decode(message.payload().duplicate()).toString();
    }

    /** The network fails. */
    void lose() {
        broker.lost(connection);
    }

    /** Disconnects for good, as the broker may know. */
    void leave() {
        ready.completeExceptionally(new IllegalStateException("closed"));
        disconnect();
    }

    void disconnect() {
        send(new Packet.Disconnect());
    }
}
