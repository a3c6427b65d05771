package io.github.cdimqtt.broker;

/** The broker of tests that need none in particular: inside this JVM, unless one is chosen. */
public final class AnyBroker extends SharedBroker {

    @Override
    String choice() {
        return TestBroker.chosenOr("memory");
    }
}
