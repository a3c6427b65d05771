package io.github.cdimqtt.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.server.app.ear.LibraryBean;
import io.github.cdimqtt.server.app.ear.ModuleBean;
import io.github.cdimqtt.server.app.kinds.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The library in EAR/lib, for two WARs. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class EarIT {

    /** Payara has a bean container, and so a connection, for each WAR; the others, GlassFish among them, one for all. */
    private static final int CONTAINERS = ServerDirectory.isPayara() ? 2 : 1;

    /** Payara 7 can't inject anything into beans of EAR/lib. */
    private static final boolean LIBRARY_BEANS = !ServerDirectory.isPayara7();

    @RegisterExtension
    final ApplicationWitness witness = new ApplicationWitness();

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "ear", managed = false, testable = false)
    static EnterpriseArchive application() {
        return ear("ear");
    }

    @Deployment(name = "fixed", managed = false, testable = false)
    static EnterpriseArchive applicationWithOneClientId() {
        return ear("fixed", "mqtt.client-id=fixed", "mqtt.reconnect.min-delay=50ms");
    }

    private static EnterpriseArchive ear(String name, String... more) {
        JavaArchive beans = ShrinkWrap.create(JavaArchive.class, "beans.jar")
                .addAsResource(
                        Archives.configuration(
                                Stream.concat(Stream.of("mqtt.broker-url=" + Broker.url()), Stream.of(more))
                                        .toArray(String[]::new)),
                        Archives.CONFIGURATION);
        if (LIBRARY_BEANS) {
            beans.addClass(LibraryBean.class).addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml");
        }
        return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                .addAsLibraries(Archives.library(), Archives.paho())
                .addAsLibraries(beans)
                .addAsModules(module("one").addPackage(Point.class.getPackage()), module("two"));
    }

    private static WebArchive module(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClass(ModuleBean.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(new StringAsset(name), "module.txt");
    }

    @Test
    void observersOfEachModule_areCalledOnceForEachBeanContainer_onConnectionsThatDoNotCollide() {
        try (DeployedApplication application = new DeployedApplication(deployer, "ear").deploy()) {
            await().until(() -> witness.texts("reported/ids").size() == 2);
            int observers = 2 + (LIBRARY_BEANS ? CONTAINERS : 0);
            for (int i = 1; i <= 2; i++) {
                int messages = i * observers;
                witness.publish("ask/modules", "message " + i);
                await().until(() -> witness.texts("reported/modules").size() >= messages);
            }
            assertThat(witness.texts("reported/modules"))
                    .filteredOn(text -> text.startsWith("message 1"))
                    .containsExactlyInAnyOrderElementsOf(calls("message 1"));
            assertThat(witness.texts("reported/ids")).hasSize(2);
            assertThat(Set.copyOf(witness.texts("reported/ids"))).hasSize(CONTAINERS);
            ApplicationKinds.check(witness, 1);
        }
        ServerProcess.awaitNoThread();
    }

    @Test
    void oneClientId_isOneForEachBeanContainer_soThatTwoPutEachOtherOut() {
        try (DeployedApplication application = new DeployedApplication(deployer, "fixed").deploy()) {
            await().until(() -> witness.texts("reported/ids").size() >= (CONTAINERS == 1 ? 2 : 8));
            assertThat(witness.texts("reported/ids")).containsOnly("fixed");
            if (CONTAINERS == 1) {
                witness.publish("ask/modules", "message");
                await().until(() -> witness.texts("reported/modules").size() >= 3);
                assertThat(witness.texts("reported/modules")).containsExactlyInAnyOrderElementsOf(calls("message"));
                assertThat(witness.texts("reported/ids")).hasSize(2);
            }
        }
        ServerProcess.awaitNoThread();
    }

    private static List<String> calls(String text) {
        List<String> calls = new ArrayList<>(List.of(text + " one", text + " two"));
        if (LIBRARY_BEANS) {
            calls.addAll(Collections.nCopies(CONTAINERS, text + " library"));
        }
        return calls;
    }
}
