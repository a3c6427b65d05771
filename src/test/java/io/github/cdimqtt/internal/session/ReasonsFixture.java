package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A session of MQTT 5 whose subscriptions may be refused, and a broker that the test plays. */
final class ReasonsFixture {
    final SessionFixture session = new SessionFixture(
            MqttConfig.builder().protocolVersion("5").clientId("me").cleanSession(false));

    /** Opens the session with a broker of these terms. */
    FakeChannel open(BrokerTerms terms) {
        session.session.connect();
        return accept(terms);
    }

    /** Accepts the newest attempt. */
    FakeChannel accept(BrokerTerms terms) {
        session.channels.last().receive(terms.accepted(false));
        return session.channels.last();
    }

    CompletableFuture<Qos> subscribe(String filter) {
        return session.session.subscribe(TopicFilter.of(filter), AT_LEAST_ONCE, Retained.SEND, false);
    }

    static void assertFailed(CompletableFuture<?> stage, MqttReason reason) {
        assertThat(stage).isCompletedExceptionally();
        assertThatThrownBy(stage::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .asInstanceOf(type(MqttException.class))
                .extracting(MqttException::reason)
                .isEqualTo(reason);
    }

    /** Returns the reasons of the refusals that events told. */
    List<MqttReason> refusals() {
        return session.listener.events(MqttEvent.SubscriptionRefused.class).stream()
                .map(MqttEvent.SubscriptionRefused::reason)
                .toList();
    }
}
