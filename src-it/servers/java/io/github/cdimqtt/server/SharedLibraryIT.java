package io.github.cdimqtt.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.server.app.kinds.Point;
import io.github.cdimqtt.server.app.shared.SharedBean;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The library as the server shares it, in each way that it has, for two applications. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES) // a domain of its own is made and started
class SharedLibraryIT {
    private static final String FIRST = "one";
    private static final String SECOND = "two";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = FIRST, managed = false, testable = false)
    static WebArchive first() {
        return application(FIRST);
    }

    @Deployment(name = SECOND, managed = false, testable = false)
    static WebArchive second() {
        return application(SECOND);
    }

    private static WebArchive application(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addPackage(SharedBean.class.getPackage())
                .addPackage(Point.class.getPackage())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsWebInfResource("wildfly/jboss-deployment-structure.xml", "jboss-deployment-structure.xml")
                .addAsResource(
                        Archives.configuration(
                                "mqtt.broker-url=" + Broker.url(), "mqtt.memory.broker-url=memory:shared"),
                        Archives.CONFIGURATION);
    }

    static Stream<Sharing> ways() {
        return Sharing.waysOf(System.getProperty("server.kind"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void applicationsWithoutTheJar_haveTheServers_andAConnectionEach(Sharing way) throws Exception {
        way.share(
                List.of(first(), second()),
                deployer,
                SharedLibraryIT::checkAnswers,
                SharedLibraryIT::checkThatNoThreadIsLeft);
    }

    private static void checkAnswers() {
        try (RawClient witness = RawClient.connect(Broker.url()).observe("reported/shared")) {
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                witness.publish("ask/shared", "early"); // until both receive it: no other sign of the start
                assertThat(Set.copyOf(witness.texts("reported/shared"))).hasSize(2);
            });
            witness.publish("ask/shared", "first");
            await().until(() -> answers(witness, "first").size() >= 2);
            witness.publish("ask/shared", "second");
            await().until(() -> answers(witness, "second").size() >= 2);
            assertThat(answers(witness, "first"))
                    .hasSize(2)
                    .doesNotHaveDuplicates() // the two have different client ids
                    .allMatch(answer -> answer.startsWith("first, the server's, "));
        }
        try (ApplicationWitness witness = ApplicationWitness.connect()) {
            ApplicationKinds.check(witness, 2);
        }
        checkMeeting();
    }

    /** Each of the two publishes inside the JVM, and both hear both. */
    private static void checkMeeting() {
        try (RawClient witness = RawClient.connect(Broker.url()).observe("reported/meeting")) {
            witness.publish("ask/meeting", "hello");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> witness.texts("reported/meeting").size() >= 4);
            assertThat(witness.texts("reported/meeting")).hasSize(4);
            assertThat(Set.copyOf(witness.texts("reported/meeting"))).hasSize(2);
        }
    }

    private static List<String> answers(RawClient witness, String ask) {
        return witness.texts("reported/shared").stream()
                .filter(answer -> answer.startsWith(ask + ","))
                .toList();
    }

    private static void checkThatNoThreadIsLeft() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ServerProcess.threads()).isEmpty());
    }
}
