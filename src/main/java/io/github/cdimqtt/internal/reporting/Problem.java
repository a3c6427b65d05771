package io.github.cdimqtt.internal.reporting;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.text.Printable;
import java.lang.System.Logger.Level;

/** One thing that is wrong with a deployment: what, where and what to do, in one line. */
public record Problem(MessageId id, String text) {
    public Problem {
        text = Printable.line(text);
    }

    /** Tells whether it fails the deployment; otherwise it is a warning. */
    public boolean isFatal() {
        return id.level() == Level.ERROR;
    }

    /** Returns it as containers want it: an exception, without the stack trace that would say nothing. */
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
