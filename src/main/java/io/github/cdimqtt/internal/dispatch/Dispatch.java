package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.convert.ConversionException;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The dispatch of one message to its observers: its conversions, its running observers and its outcome. Thread-safe. */
final class Dispatch implements ObserverIsolation.Listener {
    private final MqttMessage message;
    private final Packet.Publish packet;
    private final Route route;
    private final Converters converters;
    private final BiConsumer<String, Throwable> failures;
    private final HandlingListener listener;
    private final Map<Type, Object> converted = new HashMap<>(); // guarded by itself; a value or a ConversionException
    private final List<String> running = new ArrayList<>(0); // guarded by itself
    private volatile Outcome outcome = Outcome.HANDLED;

    /**
     * Creates it.
     *
     * @param failures called with the location of each observer that failed, and what it threw
     */
    Dispatch(
            MqttMessage message,
            Packet.Publish packet,
            Route route,
            Converters converters,
            BiConsumer<String, Throwable> failures,
            HandlingListener listener) {
        this.message = message;
        this.packet = packet;
        this.route = route;
        this.converters = converters;
        this.failures = failures;
        this.listener = listener;
    }

    MqttMessage message() {
        return message;
    }

    Packet.Publish packet() {
        return packet;
    }

    /** Returns whether it is only for the observers that its route names. */
    boolean isForMatchedOnly() {
        return route.matchedOnly();
    }

    boolean matches(MessageObserver observer) {
        return route.observers().contains(observer);
    }

    /**
     * Returns the payload as a value of a type: converted once for each type, however many observers share it.
     *
     * @throws ConversionException if it is no such value
     */
    Object payload(Type type) {
        if (type == byte[].class || type == ByteBuffer.class) {
            return converters.read(message, type); // each observer may change its own
        }
        synchronized (converted) {
            Object value = converted.computeIfAbsent(type, this::convert);
            if (value instanceof ConversionException failed) {
                throw failed;
            }
            return value;
        }
    }

    private Object convert(Type type) {
        try {
            return converters.read(message, type);
        } catch (ConversionException e) {
            return e;
        }
    }

    Outcome outcome() {
        return outcome;
    }

    /** Returns the observers that run now; empty at QoS 0, whose messages await no acknowledgement. */
    List<String> running() {
        synchronized (running) {
            return List.copyOf(running);
        }
    }

    @Override
    public void beforeCall(String observer) {
        listener.calling(packet, observer);
        if (message.qos() != Qos.AT_MOST_ONCE) {
            synchronized (running) {
                running.add(observer);
            }
        }
    }

    @Override
    public void afterCall(String observer) {
        listener.called(packet, observer);
        if (message.qos() != Qos.AT_MOST_ONCE) {
            synchronized (running) {
                running.remove(observer);
            }
        }
    }

    @Override
    public void failed(String observer, Throwable cause) {
        worsen(outcomeOf(cause));
        failures.accept(observer, cause);
    }

    private Outcome outcomeOf(Throwable cause) {
        OnFailure onFailure = route.onFailure();
        if (onFailure == OnFailure.REDELIVER) {
            return cause instanceof ConversionException ? Outcome.FAILED : Outcome.REDELIVER;
        }
        return onFailure == OnFailure.DEAD_LETTER ? Outcome.DEAD_LETTER : Outcome.FAILED;
    }

    private synchronized void worsen(Outcome other) {
        if (other.compareTo(outcome) > 0) {
            outcome = other;
        }
    }
}
