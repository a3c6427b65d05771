package io.github.cdimqtt.internal.memory;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.memory.delivery.TrackedMessage;
import io.github.cdimqtt.internal.packet.Packet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the messages of a test, seen packet by packet. */
class BrokerControlTest {
    private final ManualBroker time = new ManualBroker();
    private final BrokerControl control = time.broker().control();

    private TrackedMessage publish(String topic, Qos qos) {
        return publish(ManualBroker.message(topic, "x", qos, 0));
    }

    private TrackedMessage publish(Packet.Publish message) {
        try {
            return control.publish(message, System.nanoTime());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isDone(TrackedMessage message) throws InterruptedException {
        return message.await(System.nanoTime());
    }

    private static MqttEvent.MessageFailed failure() {
        return new MqttEvent.MessageFailed("default", MqttMessage.of("a", "x"), "A#b()", new RuntimeException());
    }

    @Test
    void messageForNobody_isNotPublished_unlessItIsRetained() throws InterruptedException {
        assertThat(publish("a", EXACTLY_ONCE)).isNull();
        TrackedMessage retained = publish(ManualBroker.retained("a", "x"));
        assertThat(isDone(retained)).isTrue();
        RecordingClient later = time.v311("later").subscribed("a", AT_MOST_ONCE);
        assertThat(later.texts()).containsExactly("x");
        assertThat(retained.clients()).as("which is not followed any more").isZero();
    }

    @Test
    void qos1_isDoneWhenAcknowledged() throws InterruptedException {
        RecordingClient client = time.v311("one").subscribed("a", AT_LEAST_ONCE);
        TrackedMessage message = publish("a", EXACTLY_ONCE);
        assertThat(message.state())
                .isEqualTo("the client 'one' has not handled it: most likely it is busy with earlier messages");
        client.send(new Packet.PubAck(client.only(Packet.Publish.class).packetId()));
        assertThat(message.state()).isEmpty();
        assertThat(isDone(message)).isTrue();
    }

    @Test
    void qos2_isDoneWithPubcomp() throws InterruptedException {
        RecordingClient client = time.v5("one").subscribed("a", EXACTLY_ONCE);
        TrackedMessage message = publish("a", EXACTLY_ONCE);
        int id = client.only(Packet.Publish.class).packetId();
        client.send(new Packet.PubRec(id, MqttReason.SUCCESS));
        assertThat(message.state()).isNotEmpty();
        client.send(new Packet.PubComp(id, MqttReason.SUCCESS));
        assertThat(isDone(message)).isTrue();
    }

    @Test
    void qos0_isDoneWhenTheApplicationSaysSo() throws InterruptedException {
        RecordingClient client = time.v311("one").subscribed("a", AT_MOST_ONCE);
        TrackedMessage message = publish("a", EXACTLY_ONCE);
        Packet.Publish packet = client.only(Packet.Publish.class);
        MemoryBroker.DELIVERIES.calling(packet, "A#b()");
        assertThat(message.state()).isEqualTo("the client 'one' is in A#b(), which does not return");
        assertThat(message.running()).containsOnlyKeys("A#b()").containsValue(Thread.currentThread());
        MemoryBroker.DELIVERIES.called(packet, "A#b()");
        assertThat(message.state()).startsWith("the client 'one' has not handled it");
        MemoryBroker.DELIVERIES.handled(packet);
        assertThat(message.state())
                .isEqualTo("the client 'one' has handled it and not acknowledged it: most likely earlier messages are"
                        + " not acknowledged");
        MemoryBroker.DELIVERIES.settled(packet);
        assertThat(isDone(message)).isTrue();
    }

    @Test
    void failure_endsTheWaitOnlyWithTheAcknowledgementOrTheConnection() throws InterruptedException {
        RecordingClient client = time.kept311("one").subscribed("a", AT_LEAST_ONCE);
        TrackedMessage message = publish("a", AT_LEAST_ONCE);
        MemoryBroker.DELIVERIES.failed(client.only(Packet.Publish.class), failure());
        assertThat(message.state()).isNotEmpty();
        client.lose();
        assertThat(isDone(message)).isTrue();
        assertThat(message.failures()).hasSize(1);
    }

    @Test
    void copyThatCameAgain_isTheSameOne() throws InterruptedException {
        RecordingClient client = time.kept311("one").subscribed("a", AT_LEAST_ONCE);
        TrackedMessage message = publish("a", AT_LEAST_ONCE);
        client.lose();
        assertThat(message.state())
                .isEqualTo(
                        "the client 'one' lost its connection before it acknowledged the message, and has not come back");
        RecordingClient back = time.kept311("one");
        Packet.Publish again = back.only(Packet.Publish.class);
        MemoryBroker.DELIVERIES.failed(again, failure());
        back.send(new Packet.PubAck(again.packetId()));
        assertThat(isDone(message)).isTrue();
        assertThat(message.failures()).hasSize(1);
    }

    @Test
    void twoClients_areBothWaitedFor_andAreDoneEachOnItsOwn() throws InterruptedException {
        RecordingClient one = time.v311("one").subscribed("a", AT_LEAST_ONCE);
        RecordingClient two = time.v5("two").subscribed("#", AT_LEAST_ONCE);
        TrackedMessage message = publish("a", AT_LEAST_ONCE);
        one.send(new Packet.PubAck(one.only(Packet.Publish.class).packetId()));
        assertThat(message.state()).startsWith("the client 'two' ");
        two.send(new Packet.PubAck(two.only(Packet.Publish.class).packetId()));
        assertThat(isDone(message)).isTrue();
    }

    @Test
    void whoHasLeft_isNotWaitedFor() throws InterruptedException {
        time.kept311("before").subscribed("a", AT_LEAST_ONCE).leave();
        RecordingClient leaving = time.kept311("leaving").subscribed("a", AT_LEAST_ONCE);
        TrackedMessage message = publish("a", AT_LEAST_ONCE);
        leaving.leave();
        assertThat(isDone(message)).isTrue();
        assertThat(control.sessions()).extracting(KnownSession::waiting).containsExactly(1, 1);
    }

    @Test
    void whoLeavesLater_isNotWaitedForAnyMore() throws InterruptedException {
        RecordingClient leaving = time.v311("leaving").subscribed("a", AT_MOST_ONCE);
        TrackedMessage message = publish("a", AT_MOST_ONCE);
        leaving.disconnect(); // as an observer that fails has it, or at the end of the application
        assertThat(message.state()).isNotEmpty();
        leaving.leave();
        assertThat(isDone(message)).isTrue();
    }

    @Test
    void whoLosesTheSession_isWaitedForUntilTheMessageIsHandled() throws InterruptedException {
        RecordingClient client = time.kept5("one", 10).subscribed("a", AT_LEAST_ONCE);
        TrackedMessage message = publish("a", AT_LEAST_ONCE);
        client.lose();
        assertThat(message.state()).endsWith("and has not come back");
        time.pass(Duration.ofSeconds(10));
        assertThat(message.state())
                .isEqualTo(
                        "the client 'one' lost its connection, and its session with it, before it handled the message");
        MemoryBroker.DELIVERIES.handled(client.only(Packet.Publish.class));
        assertThat(isDone(message)).isTrue();
    }

    @Test
    void messageThatIsTooLarge_isUndelivered() throws InterruptedException {
        RecordingClient small = time.client()
                .accepted(ManualBroker.connect5("small", true, 0, 65_535, 20, null))
                .subscribed("a/0", AT_MOST_ONCE)
                .subscribed("a/1", AT_LEAST_ONCE);
        for (String topic : List.of("a/0", "a/1")) {
            TrackedMessage message = publish(ManualBroker.message(topic, "x".repeat(100), EXACTLY_ONCE, 0));
            assertThat(isDone(message)).isTrue();
            assertThat(message.undelivered()).containsExactly("the client 'small': it is larger than max-message-size");
        }
        assertThat(small.take()).isEmpty();
    }

    @Test
    void messageThatFindsNoPlace_isUndelivered() throws InterruptedException {
        RecordingClient full = time.client(1).accepted(ManualBroker.connect5("full", true, 0, 1, 0, null));
        full.subscribed("a", AT_LEAST_ONCE);
        TrackedMessage sent = publish("a", AT_LEAST_ONCE);
        TrackedMessage waiting = publish("a", AT_LEAST_ONCE);
        TrackedMessage noPlace = publish("a", AT_LEAST_ONCE);
        assertThat(isDone(noPlace)).isTrue();
        assertThat(noPlace.undelivered())
                .containsExactly("the client 'full': it has 1 messages to take, as many as offline-buffer allows");
        assertThat(sent.state()).isNotEmpty();
        assertThat(waiting.state()).isNotEmpty();
    }

    @Test
    void expiredMessage_isUndelivered() throws InterruptedException {
        RecordingClient client = time.client().accepted(ManualBroker.connect5("one", true, 0, 1, 0, null));
        client.subscribed("a", AT_LEAST_ONCE);
        publish("a", AT_LEAST_ONCE);
        TrackedMessage expires = publish(ManualBroker.message("a", "x", AT_LEAST_ONCE, 0, ManualBroker.expiry(1)));
        time.passUnnoticed(Duration.ofSeconds(2));
        client.send(new Packet.PubAck(client.only(Packet.Publish.class).packetId()));
        assertThat(isDone(expires)).isTrue();
        assertThat(expires.undelivered()).containsExactly("the client 'one': it expired");
        assertThat(client.take()).isEmpty();
    }

    @Test
    void lostAcknowledgement_isDoneAllTheSame_andComesAgain() throws InterruptedException {
        RecordingClient client = time.kept311("one").subscribed("a", AT_LEAST_ONCE);
        control.faults().dropAcknowledgements();
        TrackedMessage message = publish("a", AT_LEAST_ONCE);
        client.send(new Packet.PubAck(client.only(Packet.Publish.class).packetId()));
        assertThat(isDone(message)).isTrue();
        control.faults().restore();
        client.lose();
        assertThat(time.kept311("one").messages())
                .singleElement()
                .satisfies(again -> assertThat(again.duplicate()).isTrue());
    }

    @Test
    void whatTheTestPublishes_isNotPublishedByClients() {
        RecordingClient client = time.v311("one");
        client.subscribed("a", AT_MOST_ONCE).publish("b", "y");
        publish("a", AT_LEAST_ONCE);
        assertThat(control.published()).extracting(Packet.Publish::topic).containsExactly("b");
    }

    @Test
    void clear_forgetsAllButWhoIsConnected_andNoWillGoes() {
        Packet.Will will =
                new Packet.Will("will", ManualBroker.bytes("gone"), AT_MOST_ONCE, false, MqttProperties.NONE, 60);
        time.client()
                .accepted(ManualBroker.connect5("lost", false, 60, 10, 0, will))
                .lose();
        RecordingClient here = time.v5("here").subscribed("#", AT_MOST_ONCE);
        here.send(ManualBroker.retained("r", "x"));
        control.clear();
        here.take();
        assertThat(control.sessions()).extracting(KnownSession::clientId).containsExactly("here");
        assertThat(control.retained("r")).isNull();
        assertThat(control.published()).isEmpty();
        time.pass(Duration.ofSeconds(61));
        assertThat(here.take()).isEmpty();
    }
}
