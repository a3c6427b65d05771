package io.github.cdimqtt.interop;

import java.util.List;

/** A client of MQTT 5 that shares no code with cdi-mqtt, at a broker. Thread-safe. */
interface OtherClient extends AutoCloseable {

    /** Subscribes with QoS 2; returns when the broker has granted it. */
    void subscribe(String filter);

    /** Publishes; returns when the broker has acknowledged it. */
    void publish(TestMessage message);

    /** Returns the messages received so far, in order. */
    List<TestMessage> received();

    @Override
    void close();
}
