package io.github.cdimqtt.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.SentMessages;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application is called on has what the server gives to its own threads. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class ManagedThreadsIT {
    private static final Proxy LINE = Proxy.to(Broker.port());
    private static final SentMessages SENT = SentMessages.through(LINE);

    @RegisterExtension
    final ApplicationWitness witness = new ApplicationWitness();

    @Deployment(testable = false)
    static WebArchive application() {
        return Archives.application(
                "managed",
                Archives.connections(
                        "managed", "mqtt.broker-url=" + LINE.url(), "mqtt.line.publish-in-transaction=after-commit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "async", "stage", "consumer"})
    void codeOfTheApplication_findsNamingDatabaseAndClassLoader(String where) {
        witness.publish("ask/surroundings", "x");
        awaitSurroundings(where);
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "async event"})
    void observersOfEvents_findNamingDatabaseAndClassLoader(String where) {
        witness.publish("ask/event", "x");
        awaitSurroundings(where);
    }

    @Test
    void threadsThatAreMadeLater_findThemToo() {
        await().pollDelay(Duration.ofSeconds(6)).until(() -> true); // idle ones end after five
        witness.publish("ask/surroundings", "x");
        awaitSurroundings("sync");
        awaitSurroundings("async");
    }

    private void awaitSurroundings(String where) {
        String topic = "reported/surroundings/" + where;
        await().until(() -> !witness.texts(topic).isEmpty());
        assertThat(witness.texts(topic)).containsOnly("hello from managed, database, own loader, on cdi-mqtt");
    }

    @Test
    void requestScope_isOneForEachMessage() {
        witness.publish("ask/request", "x");
        witness.publish("ask/request", "x");
        await().untilAsserted(() -> assertThat(witness.texts("reported/request"))
                .containsExactlyInAnyOrder("1 1", "2 2")); // order: see OrderIT
    }

    @Test
    void transaction_isCommitted() {
        witness.publish("ask/write/succeed", "good");
        awaitWritten("good");
        assertThat(count("good")).isEqualTo("1");
    }

    @Test
    void transaction_ofAnObserverThatFails_isRolledBack() {
        witness.publish("ask/write/fail", "bad");
        awaitWritten("bad");
        assertThat(count("bad")).isEqualTo("0");
    }

    @Test
    void messageThatWasRolledBack_isRedelivered_andHandledAgain() {
        witness.publish("ask/rewrite", "again");
        await().untilAsserted(() -> assertThat(witness.texts("reported/attempts"))
                .containsExactlyInAnyOrder("again 1", "again 2")); // order: see OrderIT
        await().until(() -> count("again"), "1"::equals);
    }

    @Test
    void messagesOfATransaction_goAfterItsCommit_andNotAfterARollback() {
        witness.publish("ask/order/succeed", "a");
        witness.publish("ask/order/fail", "b");
        witness.publish("ask/order/succeed", "c");
        String notSent = ": the transaction was rolled back: the message to 'reported/orders' is not sent";
        await().untilAsserted(() -> assertThat(witness.texts("reported/failures"))
                .containsExactlyInAnyOrder("b 1" + notSent, "b 2" + notSent, "b 3" + notSent, "b 4" + notSent));
        await().untilAsserted(() -> assertThat(witness.texts("reported/orders"))
                .containsExactlyInAnyOrder(
                        "a 1", "a 2", "a 3", "a 4", "c 1", "c 2", "c 3", "c 4")); // order: see OrderIT
        assertThat(SENT.all()) // by the first of the two connections
                .containsSubsequence("reported/orders a 1", "reported/orders a 2", "reported/orders a 3")
                .containsSubsequence("reported/orders c 1", "reported/orders c 2", "reported/orders c 3");
        await().untilAsserted(() -> assertThat(witness.texts("reported/invoices"))
                .as("of transactions within those")
                .containsExactlyInAnyOrder("a", "b", "c"));
    }

    /** What is asked from now on is answered when the transaction is over: messages are handled one after the other. */
    private void awaitWritten(String entry) {
        await().until(() -> witness.texts("reported/written").contains(entry));
    }

    private String count(String entry) {
        int before = witness.texts("reported/count/" + entry).size();
        witness.publish("ask/count", entry);
        await().until(() -> witness.texts("reported/count/" + entry).size() > before);
        return witness.texts("reported/count/" + entry).get(before);
    }
}
