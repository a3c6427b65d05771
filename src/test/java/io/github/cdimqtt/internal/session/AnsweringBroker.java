package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;

/** A broker of MQTT 5 that reads the messages of a connection, and answers them step by step, in order. */
final class AnsweringBroker {
    private final FakeChannel channel;
    private final Function<Packet.Publish, MqttReason> reasons;
    private final Queue<Packet> answers = new ArrayDeque<>();
    private final Set<Integer> unanswered = new HashSet<>();
    private int read;
    private int most;

    /** Takes every message. */
    AnsweringBroker(FakeChannel channel) {
        this(channel, message -> MqttReason.SUCCESS);
    }

    /** Answers each message with a reason: in PUBACK, or in PUBREC. */
    AnsweringBroker(FakeChannel channel, Function<Packet.Publish, MqttReason> reasons) {
        this.channel = channel;
        this.reasons = reasons;
        read();
    }

    private void read() {
        for (; read < channel.sent().size(); read++) {
            Packet packet = channel.sent().get(read);
            if (packet instanceof Packet.Publish publish) {
                MqttReason reason = reasons.apply(publish);
                expect(
                        publish.packetId(),
                        publish.qos() == Qos.EXACTLY_ONCE
                                ? new Packet.PubRec(publish.packetId(), reason)
                                : new Packet.PubAck(publish.packetId(), reason));
            } else if (packet instanceof Packet.PubRel release) {
                expect(release.packetId(), new Packet.PubComp(release.packetId()));
            }
        }
    }

    private void expect(int id, Packet answer) {
        answers.add(answer);
        unanswered.add(id);
        most = Math.max(most, unanswered.size());
    }

    /** Answers a number of packets, or those that there are. */
    void answer(int packets) {
        for (int i = 0; i < packets && !answers.isEmpty(); i++) {
            Packet answer = answers.remove();
            if (answer instanceof Packet.PubAck ack) {
                unanswered.remove(ack.packetId());
            } else if (answer instanceof Packet.PubComp completion) {
                unanswered.remove(completion.packetId());
            } else if (answer instanceof Packet.PubRec received
                    && received.reason().isFailure()) {
                unanswered.remove(received.packetId());
            }
            channel.receive(answer);
            read();
        }
    }

    /** Returns the largest number of messages that were unanswered at a time. */
    int most() {
        return most;
    }
}
