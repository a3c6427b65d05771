package io.github.cdimqtt.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.server.app.tested.Climate;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that Arquillian runs within the application, on the broker inside the server's JVM, as users write it. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class InsideTheServerIT {
    @Inject
    MqttTestBroker broker;

    @Deployment
    static WebArchive application() {
        return ShrinkWrap.create(WebArchive.class, "tested.war")
                .addPackage(Climate.class.getPackage())
                .addAsLibraries(Archives.library(), Archives.paho())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(Archives.configuration("mqtt.broker-url=memory:tested"), Archives.CONFIGURATION);
    }

    @Test
    void hotKitchen_raisesAlarm() {
        broker.publish("home/kitchen/temp", 60);
        assertEquals("60.0 degrees", broker.awaitPublished("home/+/alarm").text());
    }

    @Test
    void whatIsNoTemperature_isAFailure() {
        MqttEvent.MessageFailed failed = broker.publishExpectingFailure("home/kitchen/temp", "warm");
        assertEquals("Climate#temperature(double)", failed.observer());
    }
}
