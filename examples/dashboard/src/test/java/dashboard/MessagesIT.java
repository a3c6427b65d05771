package dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What goes over the broker is seen on the page, and what is done on the page goes over the broker. */
class MessagesIT extends InBrowser {

    @Test
    void liveValues_areShownByTopicWithAChart() {
        browser.await("#topics h3", "home/kitchen/temp");
        browser.await("#topics .range", "max");
        String before = browser.find("#log").getText();
        String chart = browser.find("#topics div:not([hidden]) > .chart").getAccessibleName();
        assertTrue(
                chart.matches("Chart of home/.*: the last [0-9]+ values, from [0-9.]+ to [0-9.]+, now [0-9.]+"), chart);
        browser.until("newer messages", () -> !browser.find("#log").getText().equals(before));
    }

    @Test
    void publishedOnThePage_arrivesElsewhere() throws Exception {
        Mosquitto.Subscriber subscriber = mosquitto.listen("home/attic/note");
        fill("#publish", "home/attic/note", "Grüße, 22 °C");
        browser.find("#publish-qos").sendKeys("1");
        browser.find("#publish button").click();
        assertEquals("home/attic/note|1|Grüße, 22 °C", subscriber.line("home/"));
        browser.await("#publish output", "Published to home/attic/note with QoS 1.");
        browser.await("#topics h3", "home/attic/note");
    }

    @Test
    void retained_isKeptByTheBroker() throws Exception {
        fill("#publish", "home/attic/kept", "yes");
        browser.find("#publish-qos").sendKeys("1");
        browser.find("[name=retain]").sendKeys(Keys.SPACE);
        browser.find("#publish button").click();
        browser.await("#publish output", "Published");
        assertEquals(
                "home/attic/kept|1|yes", mosquitto.listen("home/attic/kept").line("home/"));
    }

    @Test
    void wrongInput_isTold() {
        fill("#publish", "home/#", "x");
        browser.find("#publish button").click();
        browser.await("#publish output.wrong", "'#' is for filters");
        fill("#subscribe", "home/#/x");
        browser.find("#subscribe button").click();
        browser.await("#subscribe output.wrong", "'#' must be the last level");
    }

    @Test
    void subscriptions_comeAndGo() throws Exception {
        mosquitto.publish("garden/early", "1");
        subscribe("garden/#");
        mosquitto.publish("garden/shed", "2");
        browser.await("#topics h3", "garden/shed");
        unsubscribe("garden/#");
        mosquitto.publish("garden/late", "3");
        mosquitto.publish("home/after", "4");
        browser.await("#topics h3", "home/after");
        List<String> topics = browser.texts("#topics h3");
        assertFalse(topics.contains("garden/early") || topics.contains("garden/late"), topics.toString());
    }

    @Test
    void subscriptionOfTheStart_canEndAndBeReplaced() throws Exception {
        unsubscribe("home/#");
        subscribe("home/attic/+");
        mosquitto.publish("home/cellar/hidden", "1");
        mosquitto.publish("home/attic/shown", "2");
        browser.await("#topics h3", "home/attic/shown");
        assertFalse(browser.texts("#topics h3").contains("home/cellar/hidden"));
        subscribe("home/#");
        mosquitto.publish("home/cellar/again", "3");
        browser.await("#topics h3", "home/cellar/again");
        unsubscribe("home/attic/+");
    }

    @Test
    void brokerDownAndUp_isShown() throws Exception {
        mosquitto.down();
        try {
            browser.await("#state[data-connected=false]", "Connection lost");
            browser.await("#state[data-connected=false]", "failed");
            fill("#publish", "home/attic/temp", "1");
            browser.find("#publish button").click();
            browser.await("#publish output.wrong", "not connected");
            browser.await("#subscriptions", "home/# (QoS ");
            browser.await("#subscriptions", ", when connected)");
            fill("#subscribe", "garden/#");
            browser.find("#subscribe button").click();
            browser.await("#subscribe output", "Waiting for the broker.");
            browser.await("#subscriptions", "garden/# (QoS 0, when connected)");
            browser.picture(PICTURES.resolve("disconnected.png"));
        } finally {
            mosquitto.up();
        }
        browser.await("#state[data-connected=true]", "Connected to " + mosquitto.url());
        browser.await("#subscriptions", "home/# (QoS ");
        browser.await("#subscriptions", "garden/# (QoS 0)");
        assertFalse(browser.find("#subscriptions").getText().contains("when connected"));
        mosquitto.publish("garden/back", "1");
        browser.await("#topics h3", "garden/back");
        unsubscribe("garden/#");
    }
}
