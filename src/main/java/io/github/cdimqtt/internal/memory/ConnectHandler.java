package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.packet.Terms;
import java.util.UUID;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** Answers CONNECT. Any user name and password will do. Not thread-safe. */
final class ConnectHandler {
    /** How many messages of QoS 2 a client may send before it releases one. */
    static final int RECEIVE_MAXIMUM = 1000;

    static final int TOPIC_ALIAS_MAXIMUM = 16;

    private static final int BAD_AUTHENTICATION_METHOD = 0x8c;
    private static final int SESSION_TAKEN_OVER = 0x8e;

    /** Identifier rejected (MQTT 3.1.1, table 3.1). */
    private static final int IDENTIFIER_REJECTED = 2;

    private final SessionRegistry sessions;
    private final BrokerFaults faults;
    private final ObjIntConsumer<ClientConnection> ending;

    /**
     * Creates it.
     *
     * @param ending ends a connection with a reason code
     */
    ConnectHandler(SessionRegistry sessions, BrokerFaults faults, ObjIntConsumer<ClientConnection> ending) {
        this.sessions = sessions;
        this.faults = faults;
        this.ending = ending;
    }

    void connect(ClientConnection connection, Packet.Connect connect) {
        if (connection.hasBegun()) {
            throw new ProtocolViolation(ProtocolViolation.PROTOCOL_ERROR); // [MQTT-3.1.0-2]
        }
        connection.begin(connect);
        boolean isMqtt5 = connect.version().hasProperties();
        String assigned = connect.clientId().isEmpty() ? "memory-" + UUID.randomUUID() : null;
        MqttReason refusal = connect.properties().authenticationMethod() != null
                ? new MqttReason(BAD_AUTHENTICATION_METHOD)
                : faults.refusal();
        if (refusal != null && isMqtt5) {
            refuse(connection, new Packet.ConnAck(false, refusal.code(), refusal, Terms.OF_3_1_1));
        } else if (refusal != null) {
            refuse(connection, new Packet.ConnAck(false, returnCode(refusal)));
        } else if (assigned != null && !isMqtt5 && !connect.cleanSession()) { // [MQTT-3.1.3-8]
            refuse(connection, new Packet.ConnAck(false, IDENTIFIER_REJECTED));
        } else {
            accept(connection, assigned == null ? connect.clientId() : assigned, assigned);
        }
    }

    /** Returns the counterpart of a reason (MQTT 3.1.1, table 3.1); where there is none, that the server is unavailable. */
    private static int returnCode(MqttReason reason) {
        return switch (reason.code()) {
            case 0x84 -> 1;
            case 0x85 -> IDENTIFIER_REJECTED;
            case 0x86 -> 4;
            case 0x87, 0x8a, 0x8c -> 5;
            default -> 3;
        };
    }

    private static void refuse(ClientConnection connection, Packet.ConnAck answer) {
        connection.send(answer);
        boolean unused = connection.end();
    }

    private void accept(ClientConnection connection, String clientId, @Nullable String assigned) {
        ClientConnection former = sessions.connection(clientId);
        if (former != null) {
            ending.accept(former, SESSION_TAKEN_OVER); // [MQTT-3.1.4-3]
        }
        boolean kept = sessions.open(connection, clientId);
        ProtocolVersion version = connection.version();
        connection.send(
                version.hasProperties()
                        ? new Packet.ConnAck(kept, 0, MqttReason.SUCCESS, terms(assigned))
                        : new Packet.ConnAck(kept && version.reportsSessionPresent(), 0));
        connection.session().sendWaiting();
    }

    private static Terms terms(@Nullable String assigned) {
        return new Terms(
                -1,
                RECEIVE_MAXIMUM,
                Qos.EXACTLY_ONCE,
                true,
                Terms.OF_3_1_1.maximumPacketSize(),
                assigned,
                TOPIC_ALIAS_MAXIMUM,
                -1,
                true,
                true,
                true,
                null,
                null,
                null);
    }
}
