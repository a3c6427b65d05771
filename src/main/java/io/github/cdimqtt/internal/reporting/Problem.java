package io.github.cdimqtt.internal.reporting;

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

    @Override
    public String toString() {
        return id + ": " + text;
    }
}
