package benchmark;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.smallrye.reactive.messaging.mqtt.SendingMqttMessageMetadata;
import io.smallrye.reactive.messaging.providers.extension.HealthCenter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * SmallRye Reactive Messaging on Weld SE, on MQTT 3.1.1: a method for each incoming channel and an emitter, whose
 * messages say topic and QoS. At every QoS a publish is done when it is written, not when it is acknowledged, so
 * nothing holds back the application while {@code max-inflight-queue} fills up: it takes all packet identifiers here,
 * as it comes it refuses the eleventh message. An incoming channel subscribes at QoS 1 at most and does not slow down
 * the broker: it may keep a million messages here, as it comes it ends when 128 wait.
 */
final class SmallRyeClient implements Client {
    private static volatile Consumer<byte[]> received;

    private Application application;

    /** What the application would be. */
    @ApplicationScoped
    static class Application {
        @Inject
        @Channel("out")
        @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
        Emitter<byte[]> out;

        @Incoming("in")
        void in(byte[] payload) {
            received.accept(payload);
        }

        @Incoming("echo")
        void echo(byte[] payload) {
            received.accept(payload);
        }

        void send(Message<byte[]> message) {
            out.send(message);
        }
    }

    @Override
    public void connect(int port, String in, String echo, Consumer<byte[]> receiver) throws Exception {
        received = receiver;
        channel("incoming.in", port, "topic", in, "qos", "1", "buffer-size", "1000000");
        channel("incoming.echo", port, "topic", echo, "qos", "1", "buffer-size", "1000000");
        channel("outgoing.out", port, "topic", "out");
        SeContainer container = SeContainerInitializer.newInstance()
                .addBeanClasses(Application.class)
                .initialize();
        application = container.select(Application.class).get();
        HealthCenter health = container.select(HealthCenter.class).get();
        for (int i = 0; !health.getLiveness().isOk() || !health.getReadiness().isOk(); i++) {
            if (i == 3_000) {
                throw new IOException("not subscribed after 30 seconds");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Channels of one client identifier share a connection. */
    private static void channel(String name, int port, String... more) {
        String prefix = "mp.messaging." + name + ".";
        System.setProperty(prefix + "connector", "smallrye-mqtt");
        System.setProperty(prefix + "host", "127.0.0.1");
        System.setProperty(prefix + "port", Integer.toString(port));
        System.setProperty(prefix + "client-id", "smallrye");
        System.setProperty(prefix + "max-inflight-queue", "65535");
        System.setProperty(prefix + "max-message-size", "1048576");
        for (int i = 0; i < more.length; i += 2) {
            System.setProperty(prefix + more[i], more[i + 1]);
        }
    }

    @Override
    public void publish(String topic, byte[] payload, int qos, Runnable done) {
        Metadata metadata = Metadata.of(new SendingMqttMessageMetadata(topic, MqttQoS.valueOf(qos), false));
        application.send(Message.of(payload, metadata)
                .withAck(() -> {
                    done.run();
                    return CompletableFuture.completedFuture(null);
                })
                .withNack(failure -> {
                    Client.fail(failure);
                    return CompletableFuture.completedFuture(null);
                }));
    }
}
