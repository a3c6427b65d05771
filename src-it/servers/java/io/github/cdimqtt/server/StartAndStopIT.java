package io.github.cdimqtt.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.server.app.plain.Plain;
import io.github.cdimqtt.server.app.start.WaitingListener;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.util.Throwables;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When the application comes and goes, with and without a broker. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class StartAndStopIT {
    private static final Duration SLACK = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration COLLECTION = Duration.ofMinutes(1);
    private static final int REDEPLOYMENTS = 3;

    /** GlassFish keeps the configuration of every application that it has made one for. */
    private static final int KEPT = ServerDirectory.isGlassFish() ? REDEPLOYMENTS : 0;

    private static final Proxy LINE = Proxy.to(Broker.port());

    @ArquillianResource
    Deployer deployer;

    @RegisterExtension
    final ApplicationWitness witness = new ApplicationWitness();

    @Deployment(name = "present", managed = false, testable = false)
    static WebArchive present() {
        return Archives.application(
                "present",
                Archives.connections(
                        "present",
                        "mqtt.shutdown-timeout=3s",
                        "mqtt.line.shutdown-timeout=3s",
                        "mqtt.kept.shutdown-timeout=3s"));
    }

    @Deployment(name = "waiting", managed = false, testable = false)
    static WebArchive waiting() {
        return Archives.application("waiting", Archives.connections("waiting"))
                .addPackage(WaitingListener.class.getPackage());
    }

    @Deployment(name = "absent", managed = false, testable = false)
    static WebArchive absent() {
        return Archives.application(
                "absent",
                Archives.connections(
                        "absent",
                        "mqtt.broker-url=" + LINE.url(),
                        "mqtt.connection-timeout=3s",
                        "mqtt.reconnect.min-delay=50ms",
                        "mqtt.reconnect.max-delay=1s"));
    }

    @Deployment(name = "failing", managed = false, testable = false)
    static WebArchive failing() {
        return Archives.application(
                "failing",
                Archives.connections(
                        "failing",
                        "mqtt.broker-url=" + LINE.url(),
                        "mqtt.fail-fast=true",
                        "mqtt.shutdown-timeout=" + LONG.toSeconds()));
    }

    @Deployment(name = "plain", managed = false, testable = false)
    static WebArchive plain() {
        return ShrinkWrap.create(WebArchive.class, "plain.war")
                .addPackage(Plain.class.getPackage())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(new StringAsset("plain=true"), Archives.CONFIGURATION);
    }

    @Test
    void silentBroker_delaysTheDeploymentByNoMoreThanTheTimeout_andIsFoundLater() {
        LINE.forward();
        cycle("absent"); // whatever the server does for the first time
        Duration usual = cycle("absent");
        int before = witness.texts("reported/client/default").size();

        LINE.stall();
        try (DeployedApplication silent = deploy("absent")) {
            assertThat(silent.deployment()).isLessThan(usual.plus(TIMEOUT).plus(SLACK));
            assertThat(witness.texts("reported/client/default")).hasSize(before);

            LINE.forward();
            await().until(() -> witness.texts("reported/client/default").size() > before);
        }
    }

    @Test
    void refusingBroker_doesNotHoldUpUndeployment() {
        LINE.refuse();
        DeployedApplication application = deploy("absent");
        application.close();
        assertThat(application.undeployment()).isLessThan(SLACK.multipliedBy(2));
        ServerProcess.awaitNoThread();
    }

    @Test
    void failFast_failsTheDeployment_andLeavesNoThread_longBeforeTheShutdownTimeIsOver() {
        LINE.refuse();
        Throwable failure = catchThrowable(() -> deployer.deploy("failing"));
        assertThat(failure).isNotNull();
        assertThat(ServerDirectory.isLiberty() ? DropIn.log() : Throwables.getStackTrace(failure))
                .contains("MQTT-111: the application may not start without ");
        ServerProcess.awaitNoThread();
    }

    @Test
    void
            applicationThatWaitsForThePublishWhileItStarts_starts_andWhatIsRetainedFindsItStarted_andItsBeansTakeTheirLeave() {
        witness.retain("ask/retained", "x");
        try (DeployedApplication application = new DeployedApplication(deployer, "waiting")) {
            application.deploy();
            await().untilAsserted(() -> assertThat(witness.texts("reported/listener"))
                    .containsExactlyInAnyOrder("acknowledged", "then")); // order: see OrderIT
            assertThat(witness.texts("reported/start")).containsExactlyInAnyOrder("bean", "session bean");
            await().until(() -> !witness.texts("reported/surroundings/retained").isEmpty());
            assertThat(witness.texts("reported/surroundings/retained"))
                    .containsExactly("hello from waiting, database, own loader, on cdi-mqtt");
        } finally {
            witness.retain("ask/retained", "");
        }
        await().untilAsserted(() ->
                assertThat(witness.texts("reported/end")).containsExactlyInAnyOrder("bean", "session bean"));
        ServerProcess.awaitNoThread();
    }

    @Test
    void connections_areOpenedAfterTheApplicationsOwnObserversOfItsStart() {
        try (DeployedApplication application = deploy("present")) {
            await().until(() -> witness.texts("reported/early").size() == 3);
            assertThat(witness.texts("reported/early")).containsOnly("false");
        }
    }

    @Test
    void undeployment_interruptsAnObserverThatHangs_withinTheShutdownTime() {
        DeployedApplication application = deploy("present");
        try (application) {
            await().until(() -> witness.texts("reported/client/default").size() == 1);
            witness.publish("ask/hang", "x");
            await().until(() -> !witness.texts("reported/hang").isEmpty());
        }
        assertThat(application.undeployment()).isLessThan(Duration.ofSeconds(3).plus(SLACK));
        ServerProcess.awaitNoThread();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void redeployments_leaveNoThread_andNoMoreClassLoadersThanThoseOfAnApplicationWithoutTheLibrary() {
        cycle(); // what other tests have deployed is gone then
        cycle();
        cycle("plain");
        long loaders = ServerProcess.loadersOf(Mqtt.class);
        long plain = ServerProcess.loadersOf(Plain.class);
        for (int i = 0; i < REDEPLOYMENTS; i++) {
            cycle();
            cycle("plain");
        }
        await().atMost(COLLECTION).untilAsserted(() -> {
            long last = ServerProcess.loadersOf(Mqtt.class);
            long plainLast = ServerProcess.loadersOf(Plain.class);
            System.out.printf(
                    "Class loaders with the library: %d after one deployment, %d after three more;"
                            + " of an application without: %d, %d%n",
                    loaders, last, plain, plainLast);
            assertThat(last - loaders).isLessThanOrEqualTo(plainLast - plain);
            assertThat(plainLast - plain).isLessThanOrEqualTo(KEPT);
        });
    }

    private void cycle() {
        int before = witness.texts("reported/beans").size();
        try (DeployedApplication application = deploy("present")) {
            witness.publish("ask/beans", "x");
            await().until(() -> witness.texts("reported/beans").size() == before + 6);
        }
        ServerProcess.awaitNoThread();
    }

    private DeployedApplication deploy(String name) {
        return new DeployedApplication(deployer, name).deploy();
    }

    /** Deploys and undeploys; returns how long the first took. */
    private Duration cycle(String name) {
        DeployedApplication application = deploy(name);
        application.close();
        return application.deployment();
    }
}
