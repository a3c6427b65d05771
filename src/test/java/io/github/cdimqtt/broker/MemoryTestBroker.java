package io.github.cdimqtt.broker;

import io.github.cdimqtt.internal.memory.MemoryBroker;
import java.util.concurrent.atomic.AtomicInteger;

/** The library's broker inside this JVM, which other clients reach over TCP. */
public final class MemoryTestBroker implements TestBroker {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "test-" + COUNT.incrementAndGet();
    private final MemoryBroker broker = MemoryBroker.named(name);
    private final int port = Ports.free();
    private MemoryGateway gateway;

    private MemoryTestBroker() {
        System.setProperty("it." + url(), tcpUrl());
    }

    /** Starts one; there are no options. */
    public static MemoryTestBroker launch(String... none) {
        MemoryTestBroker broker = new MemoryTestBroker();
        broker.start();
        return broker;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String url() {
        return "memory:" + name;
    }

    @Override
    public synchronized void start() {
        if (gateway == null) {
            broker.start();
            gateway = MemoryGateway.listen(port, broker);
        }
    }

    @Override
    public synchronized void stop() {
        if (gateway != null) {
            broker.stop();
            gateway.close();
            gateway = null;
        }
    }

    @Override
    public void close() {
        stop();
        System.clearProperty("it." + url());
    }
}
