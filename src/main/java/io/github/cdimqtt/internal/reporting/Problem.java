package io.github.cdimqtt.internal.reporting;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.text.Printable;
import java.lang.System.Logger.Level;

/** A problem of a deployment: what is wrong, where, and what to do, in one line. Immutable. */
public record Problem(MessageId id, String text) {
    public Problem {
        text = Printable.line(text);
    }

    /** Returns whether it fails the deployment; otherwise it is a warning. */
    public boolean isFatal() {
        return id.level() == Level.ERROR;
    }

    /** Returns an exception for the container, without its stack trace, which would be of no use. */
    public MqttException exception() {
        return new Failure(toString());
    }

    private static final class Failure extends MqttException {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message, null, false);
        }
    }

    @Override
    public String toString() {
        return id + ": " + text;
    }
}
