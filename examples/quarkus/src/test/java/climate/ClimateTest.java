package climate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.testing.MqttTestBroker;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application in Quarkus, on the broker inside the JVM that application.properties names for tests. */
@QuarkusTest
class ClimateTest {
    @Inject
    MqttTestBroker broker;

    @BeforeEach
    void forgetOtherTests() {
        broker.clear();
    }

    @Test
    void hotKitchen_raisesAlarm() {
        broker.publish("home/kitchen/temp", 51.5);
        assertEquals("it is hot", broker.awaitPublished("home/+/alarm").text());
    }

    @Test
    void pleasantKitchen_raisesNone() {
        broker.publish("home/kitchen/temp", 21);
        assertEquals(List.of(), broker.published());
    }

    @Test
    void whatIsNoTemperature_isAFailure() {
        MqttEvent.MessageFailed failed = broker.publishExpectingFailure("home/kitchen/temp", "warm");
        assertEquals("Climate#temperature(double, String)", failed.observer());
    }

    @Test
    void hotKitchen_raisesAlarmAfterAnOutage() {
        broker.disconnect();
        broker.publish("home/kitchen/temp", 60);
        assertEquals("it is hot", broker.awaitPublished("home/+/alarm").text());
    }
}
