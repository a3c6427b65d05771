package io.github.cdimqtt.internal.net;

import java.io.IOException;

/** A failure whose message is a sentence for users, with nothing to add but the address. */
public abstract class ExplainedException extends IOException {
    private static final long serialVersionUID = 1L;

    protected ExplainedException(String message) {
        super(message);
    }
}
