package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.internal.concurrent.Scoped;
import io.github.cdimqtt.internal.text.TypeName;
import java.lang.reflect.Type;
import java.util.Map;

/**
 * The message that an observer on this thread is being handed: what {@code @TopicParam} and {@code MqttMessage}
 * parameters are injected from. Thread-safe.
 */
public final class CurrentMessage {

    /** A topic variable as a parameter asks for it. */
    public record Variable(String name, Type type) {}

    private record Message(MqttMessage message, Map<Variable, Object> variables) {}

    private final Scoped<Message> current = new Scoped<>();

    /** Calls an observer with a message in hand. */
    void with(MqttMessage message, Map<Variable, Object> variables, ObserverIsolation.Call observer) throws Exception {
        current.run(new Message(message, variables), observer::run);
    }

    /** Returns the message in hand. */
    public MqttMessage message() {
        return required("an MqttMessage").message();
    }

    /** Returns the value of a topic variable of the message in hand. */
    public Object variable(Variable variable) {
        Object value =
                required("@TopicParam(\"" + variable.name() + "\")").variables().get(variable);
        if (value == null) {
            throw new MqttException("no topic variable '" + variable.name() + "' of type "
                    + TypeName.of(variable.type()) + " in the message at hand");
        }
        return value;
    }

    private Message required(String what) {
        Message message = current.get();
        if (message == null) {
            throw new MqttException(what + " can only be injected into a parameter of an observer of messages");
        }
        return message;
    }
}
