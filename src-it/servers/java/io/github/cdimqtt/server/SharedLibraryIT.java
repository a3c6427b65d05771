package io.github.cdimqtt.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.server.app.shared.SharedBean;
import java.time.Duration;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The library as the server shares it, in each way that it has. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class SharedLibraryIT {

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = Sharing.APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return ShrinkWrap.create(WebArchive.class, Sharing.APPLICATION + ".war")
                .addPackage(SharedBean.class.getPackage())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsWebInfResource("wildfly/jboss-deployment-structure.xml", "jboss-deployment-structure.xml")
                .addAsResource(new StringAsset("mqtt.broker-url=" + Broker.url()), Archives.CONFIGURATION);
    }

    static Stream<Sharing> ways() {
        return Sharing.waysOf(System.getProperty("server.name"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void applicationWithoutTheJar_hasTheServers(Sharing way) throws Exception {
        way.share(application(), deployer, SharedLibraryIT::checkAnswer, SharedLibraryIT::checkThatNoThreadIsLeft);
    }

    private static void checkAnswer() {
        try (RawClient witness = RawClient.connect(Broker.url()).observe("told/#")) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                witness.publish("ask/shared", "x"); // until it is heard: there is nobody to say that it has started
                assertThat(witness.texts("told/shared")).isNotEmpty();
            });
            assertThat(witness.texts("told/shared")).containsOnly("the server's");
        }
    }

    private static void checkThatNoThreadIsLeft() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ServerProcess.threads()).isEmpty());
    }
}
