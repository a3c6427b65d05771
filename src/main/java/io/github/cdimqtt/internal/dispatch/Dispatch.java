package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.convert.ConversionException;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** One message while it is fired: what it converts to, and what its observers made of it. Thread-safe. */
final class Dispatch implements ObserverIsolation.Sink {
    private final MqttMessage message;
    private final Route route;
    private final Conversions conversions;
    private final BiConsumer<String, Throwable> failures;
    private final List<String> atWork = new ArrayList<>(0); // guarded by itself
    private volatile Outcome outcome = Outcome.HANDLED;

    /**
     * Creates it.
     *
     * @param failures hears of each observer that failed, and why
     */
    Dispatch(MqttMessage message, Route route, Converters converters, BiConsumer<String, Throwable> failures) {
        this.message = message;
        this.route = route;
        this.conversions = new Conversions(message, converters);
        this.failures = failures;
    }

    MqttMessage message() {
        return message;
    }

    /** Tells whether it is for the observers of some topic filters only. */
    boolean isForSome() {
        return route.only();
    }

    boolean matches(MessageObserver observer) {
        return route.observers().contains(observer);
    }

    Object converted(Type type) {
        return conversions.to(type);
    }

    Outcome outcome() {
        return outcome;
    }

    /** Returns the observers that are at work on it now; not told at QoS 0, which nobody waits for. */
    List<String> atWork() {
        synchronized (atWork) {
            return List.copyOf(atWork);
        }
    }

    @Override
    public void calling(String observer) {
        if (message.qos() != Qos.AT_MOST_ONCE) {
            synchronized (atWork) {
                atWork.add(observer);
            }
        }
    }

    @Override
    public void called(String observer) {
        if (message.qos() != Qos.AT_MOST_ONCE) {
            synchronized (atWork) {
                atWork.remove(observer);
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
