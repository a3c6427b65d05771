package io.github.cdimqtt.resilience;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps the log of cdi-mqtt out of the output of a test that makes it complain a thousand times. */
public final class Quiet implements BeforeAllCallback, AfterAllCallback {

    private static final Logger LOG = Logger.getLogger("io.github.cdimqtt");

    @Override
    public void beforeAll(ExtensionContext test) {
        LOG.setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext test) {
        LOG.setLevel(null);
    }
}
