package io.github.cdimqtt.server;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.SentMessages;
import io.github.cdimqtt.server.app.shop.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An outbox in the server's own database, with its own transactions. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class OutboxIT {
    private static final Proxy LINE = Proxy.to(Broker.port());

    @ArquillianResource
    Deployer deployer;

    @RegisterExtension
    final ApplicationWitness witness = new ApplicationWitness();

    @Deployment(name = "shop", managed = false, testable = false)
    static WebArchive shop() {
        return ShrinkWrap.create(WebArchive.class, "shop.war")
                .addPackage(Shop.class.getPackage())
                .addAsLibraries(Archives.library(), Archives.paho())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(
                        Archives.configuration(
                                "mqtt.broker-url=" + LINE.url(),
                                "mqtt.reconnect.min-delay=50ms",
                                "mqtt.publish-in-transaction=outbox",
                                "mqtt.outbox.data-source=java:comp/DefaultDataSource",
                                "mqtt.outbox.create=true",
                                "mqtt.outbox.interval=1s",
                                "mqtt.ask.broker-url=" + Broker.url(),
                                "mqtt.ask.client-id=shop-asked",
                                "mqtt.ask.clean-session=false",
                                "mqtt.ask.dispatch.concurrency=8"),
                        Archives.CONFIGURATION);
    }

    @Test
    void transactionThatTimesOut_sendsNothing() {
        try (DeployedApplication application = new DeployedApplication(deployer, "shop")) {
            application.deploy();
            witness.publish("ask/shop/succeed", "f"); // the tables are there, then
            await().until(() -> witness.texts("reported/shop").size() == 3);
            witness.publish("ask/late-shop", "g");
            String rolledBack = "g failed: the transaction was rolled back: the message to 'reported/shop' is not sent";
            await().atMost(Duration.ofSeconds(90)) // GlassFish looks for it seldom
                    .untilAsserted(() -> assertThat(witness.texts("reported/late"))
                            .containsExactlyInAnyOrder("g was late", rolledBack, rolledBack));
            witness.publish("ask/shop/succeed", "h");
            await().untilAsserted(() -> assertThat(witness.texts("reported/shop"))
                    .containsExactlyInAnyOrder("f 1", "f 2", "f 3", "h 1", "h 2", "h 3"));
        }
    }

    @Test
    void thousandTransactions_atATime_goWholeOrNotAtAll() {
        try (DeployedApplication application = new DeployedApplication(deployer, "shop")) {
            SentMessages sent = SentMessages.through(LINE);
            application.deploy();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                String order = "n" + i;
                boolean fails = i % 10 == 0;
                witness.publish(fails ? "ask/shop/fail" : "ask/shop/succeed", order);
                if (!fails) {
                    expected.addAll(List.of(order + " 1", order + " 2", order + " 3"));
                }
            }
            await().untilAsserted(() ->
                    assertThat(witness.texts("reported/shop")).containsExactlyInAnyOrderElementsOf(expected));
            Map<String, List<String>> byOrder = numbersByOrder(sent); // the broker may change it, see OrderIT
            assertThat(byOrder).hasSize(900);
            assertThat(byOrder.values()).containsOnly(List.of("1", "2", "3"));
        }
    }

    private static Map<String, List<String>> numbersByOrder(SentMessages sent) {
        return new LinkedHashSet<>(sent.all())
                .stream()
                        .map(message -> message.split(" "))
                        .filter(words -> words[0].equals("reported/shop"))
                        .collect(groupingBy(words -> words[1], mapping(words -> words[2], toList())));
    }

    @Test
    void messages_goWithTheirTransaction_alsoAfterAnUndeployment() {
        try (DeployedApplication application = new DeployedApplication(deployer, "shop")) {
            application.deploy();
            witness.publish("ask/shop/succeed", "a");
            witness.publish("ask/shop/fail", "b");
            witness.publish("ask/shop/succeed", "c");
            await().untilAsserted(() -> assertThat(witness.texts("reported/shop"))
                    .containsExactlyInAnyOrder("a 1", "a 2", "a 3", "c 1", "c 2", "c 3")); // order: see OrderIT
            LINE.refuse();
            LINE.cut();
            witness.publish("ask/shop/succeed", "d");
            witness.publish("ask/shop/fail", "e");
        }
        ServerProcess.awaitNoThread();
        LINE.forward();
        try (DeployedApplication application = new DeployedApplication(deployer, "shop")) {
            application.deploy();
            witness.publish("ask/shop/succeed", "f");
            await().untilAsserted(() -> assertThat(witness.texts("reported/shop"))
                    .containsOnlyOnce("d 1", "d 2", "d 3", "f 1", "f 2", "f 3")
                    .doesNotContain("b 1", "e 1"));
        }
        ServerProcess.awaitNoThread();
    }
}
