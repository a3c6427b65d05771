package io.github.cdimqtt.internal.memory;

/** A client has broken the protocol, so that its connection ends with a reason code (MQTT 5.0, section 4.13). */
@SuppressWarnings("serial") // it goes nowhere
final class ProtocolViolation extends RuntimeException {
    static final int PROTOCOL_ERROR = 0x82;

    private final int reasonCode;

    ProtocolViolation(int reasonCode) {
        super(null, null, false, false);
        this.reasonCode = reasonCode;
    }

    int reasonCode() {
        return reasonCode;
    }
}
