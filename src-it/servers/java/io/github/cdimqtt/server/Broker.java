package io.github.cdimqtt.server;

import io.github.cdimqtt.broker.TestBroker;

/** The one broker of the run, outside of the server: archives are made before Arquillian could hand anything over. */
final class Broker {
    private static final TestBroker SHARED = TestBroker.launch();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SHARED::close));
    }

    private Broker() {}

    static String url() {
        return SHARED.url();
    }

    static int port() {
        return SHARED.port();
    }
}
