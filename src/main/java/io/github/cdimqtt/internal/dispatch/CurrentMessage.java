package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.internal.concurrent.Scoped;
import io.github.cdimqtt.internal.text.TypeName;
import java.lang.reflect.Type;
import java.util.Map;

/**
 * The message that is being delivered to an observer on this thread. {@code @TopicParam} and {@code MqttMessage} parameters
 * are injected from it. Thread-safe.
 */
public final class CurrentMessage {

    /** A topic variable with the type of the parameter that it is injected into. */
    public record Variable(String name, Type type) {}

    private record Message(MqttMessage message, Map<Variable, Object> variables) {}

    private final Scoped<Message> current = new Scoped<>();

    /** Calls an observer to which a message is delivered. */
    void run(MqttMessage message, Map<Variable, Object> variables, ObserverIsolation.Call observer) throws Exception {
        current.run(new Message(message, variables), observer::run);
    }

    /** Returns the message that is being delivered. */
    public MqttMessage message() {
        return required("an MqttMessage").message();
    }

    /** Returns the value of a topic variable of the message that is being delivered. */
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
