package dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On MQTT 3.1.1 all works but what needs MQTT 5, which says so. */
class Mqtt311IT extends InBrowser {

    @BeforeAll
    static void serveOn311() throws Exception {
        house.close();
        server.close();
        System.setProperty("mqtt.protocol-version", "3.1.1");
        serve(0);
    }

    @AfterAll
    static void leave311() {
        System.clearProperty("mqtt.protocol-version");
    }

    @Test
    void messagesWithoutProperties_comeAndGo() throws Exception {
        Mosquitto.Subscriber subscriber = mosquitto.listen("home/attic/old");
        publish("home/attic/old", "22", 1);
        assertEquals("home/attic/old|1|22", subscriber.line("home/"));
        browser.await("#topics h3", "home/attic/old");
        assertEquals(List.of(), browser.all("#topics dl:not([hidden])"));
        subscribe("garden/#");
        mosquitto.publish("garden/shed", "2", "-V", "5", "-D", "publish", "content-type", "text/plain");
        browser.await("#topics h3", "garden/shed");
        assertEquals(List.of(), browser.all("#topics dl:not([hidden])"));
        unsubscribe("garden/#");
    }

    @Test
    void whatNeedsMqtt5_saysSo() {
        browser.find("summary").click();
        fill("#publish", "home/attic/old", "1", "text/plain");
        browser.find("#publish button").click();
        browser.await("#publish output.wrong", "needs MQTT 5: set mqtt.protocol-version=5");
        fill("#publish", "house/average", "", "");
        browser.find("[formaction=request]").click();
        browser.await("#publish output.wrong", "request needs MQTT 5: set mqtt.protocol-version=5");
    }
}
