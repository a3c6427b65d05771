package io.github.cdimqtt.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.server.app.kinds.Point;
import io.github.cdimqtt.server.app.meters.Registry;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What works in Java SE works in the server. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class FunctionIT {
    private static final Proxy LINE = Proxy.to(Broker.port());

    @ArquillianResource
    URL address;

    @RegisterExtension
    final ApplicationWitness witness = new ApplicationWitness();

    @Deployment(testable = false)
    static WebArchive application() {
        return Archives.application(
                        "function",
                        Archives.connections(
                                "function", "mqtt.line.broker-url=" + LINE.url(), "mqtt.line.reconnect.min-delay=50ms"))
                .addPackage(Point.class.getPackage())
                .addPackage(Registry.class.getPackage())
                .addAsLibraries(Archives.micrometer());
    }

    @Test
    void observers_inBeansOfEachKind_areCalledOnceForEachMessage() {
        witness.publish("ask/beans", "first");
        witness.publish("ask/beans", "second");
        await().until(() -> witness.texts("reported/beans").size() >= 12);
        witness.publish("ask/beans", "third");
        await().until(() -> witness.texts("reported/beans").size() >= 18);
        assertThat(witness.texts("reported/beans"))
                .filteredOn(text -> !text.startsWith("third"))
                .containsExactlyInAnyOrder(
                        "first application",
                        "first async",
                        "first request 1",
                        "first dependent",
                        "first stateless",
                        "first singleton",
                        "second application",
                        "second async",
                        "second request 1",
                        "second dependent",
                        "second stateless",
                        "second singleton");
    }

    @Test
    void objects_areReadAndWrittenAsJson() {
        witness.publish("ask/reading/attic", "{\"value\":21.5}");
        await().until(() -> !witness.texts("reported/reading").isEmpty());
        assertThat(witness.texts("reported/reading").get(0))
                .contains("\"attic\"")
                .contains("43.0");
    }

    @Test
    void numbersAndTopicVariables_areConverted() {
        witness.publish("ask/number/2", "0.5");
        await().until(() -> witness.texts("reported/number"), List.of("2.5")::equals);
    }

    @Test
    void beansOfEveryKind_areFoundInTheApplication() {
        ApplicationKinds.check(witness, 1);
    }

    @Test
    void meterRegistryOfTheApplication_hasTheMetrics() {
        witness.publish("ask/meters", "ask/meters");
        await().until(() -> witness.texts("reported/meters"), List.of("true")::equals);
    }

    @Test
    void servlet_publishes() throws IOException {
        assertThat(Http.get(address, "publish?text=hello")).isEqualTo("published");
        await().until(() -> witness.texts("reported/servlet"), List.of("hello")::equals);
    }

    @Test
    void restResource_answersWhenThePublishIsAcknowledged() throws IOException {
        assertThat(Http.get(address, "rest/publish/hello")).isEqualTo("published");
        await().until(() -> witness.texts("reported/resource"), List.of("hello")::equals);
    }

    @Test
    void namedConnection_isOpenedAgainWhenCut_andToldByEvents() {
        witness.publish("ask/line", "before");
        await().until(() -> heardOnLine(), Set.of("before")::equals);
        LINE.cut();
        await().untilAsserted(() -> assertThat(witness.texts("reported/events"))
                .contains("disconnected line, requested false", "subscribed ask/line", "connected line, again true"));
        witness.publish("ask/line", "after");
        await().until(() -> heardOnLine(), Set.of("before", "after")::equals);
    }

    /** An answer that was not acknowledged when the line was cut comes again. */
    private Set<String> heardOnLine() {
        return Set.copyOf(witness.texts("reported/line"));
    }
}
