package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import java.nio.ByteBuffer;

/** What a broker of MQTT 5 answers to CONNECT: all is allowed, but for what a test says. */
public final class BrokerTerms {
    private long sessionExpiry = -1;
    private int receiveMaximum = 65_535;
    private Qos maximumQos = Qos.EXACTLY_ONCE;
    private boolean retainAvailable = true;
    private int maximumPacketSize = Terms.LARGEST_PACKET;
    private String assignedClientId;
    private int topicAliasMaximum;
    private int keepAlive = -1;
    private boolean wildcardsAvailable = true;
    private boolean identifiersAvailable = true;
    private boolean sharedAvailable = true;
    private String responseInformation;
    private String method;
    private ByteBuffer data;

    public BrokerTerms sessionExpiry(long seconds) {
        sessionExpiry = seconds;
        return this;
    }

    public BrokerTerms receiveMaximum(int value) {
        receiveMaximum = value;
        return this;
    }

    public BrokerTerms maximumQos(Qos value) {
        maximumQos = value;
        return this;
    }

    public BrokerTerms retainAvailable(boolean value) {
        retainAvailable = value;
        return this;
    }

    public BrokerTerms maximumPacketSize(int bytes) {
        maximumPacketSize = bytes;
        return this;
    }

    public BrokerTerms assignedClientId(String value) {
        assignedClientId = value;
        return this;
    }

    public BrokerTerms topicAliasMaximum(int value) {
        topicAliasMaximum = value;
        return this;
    }

    public BrokerTerms keepAlive(int seconds) {
        keepAlive = seconds;
        return this;
    }

    public BrokerTerms wildcardsAvailable(boolean value) {
        wildcardsAvailable = value;
        return this;
    }

    public BrokerTerms identifiersAvailable(boolean value) {
        identifiersAvailable = value;
        return this;
    }

    public BrokerTerms sharedAvailable(boolean value) {
        sharedAvailable = value;
        return this;
    }

    public BrokerTerms responseInformation(String value) {
        responseInformation = value;
        return this;
    }

    public BrokerTerms authentication(String method, byte[] data) {
        this.method = method;
        this.data = data == null ? null : ByteBuffer.wrap(data);
        return this;
    }

    public Terms terms() {
        return new Terms(
                sessionExpiry,
                receiveMaximum,
                maximumQos,
                retainAvailable,
                maximumPacketSize,
                assignedClientId,
                topicAliasMaximum,
                keepAlive,
                wildcardsAvailable,
                identifiersAvailable,
                sharedAvailable,
                responseInformation,
                method,
                data);
    }

    /** Returns a CONNACK that accepts on these terms. */
    public Packet.ConnAck accepted(boolean sessionPresent) {
        return new Packet.ConnAck(sessionPresent, 0, MqttReason.SUCCESS, terms());
    }
}
