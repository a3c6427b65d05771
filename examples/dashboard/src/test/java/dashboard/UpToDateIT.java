package dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What the page says is so, also after something else has changed it. */
class UpToDateIT extends InBrowser {

    @Test
    void whatWaitsForTheBroker_isAnsweredLate() throws Exception {
        mosquitto.down();
        try {
            browser.await("#state[data-connected=false]", "failed");
            publish("home/attic/late", "1", 1);
            fill("#subscribe", "late/#");
            browser.find("#subscribe button").click();
            browser.await("#publish output", "Waiting for the broker.");
            browser.await("#subscribe output", "Waiting for the broker.");
        } finally {
            mosquitto.up();
        }
        browser.await("#publish output:not(.wrong)", "Published to home/attic/late with QoS 1.");
        browser.await("#subscribe output:not(.wrong)", "Subscribed to late/#. Granted: QoS 0.");
        unsubscribe("late/#");
    }

    @Test
    void errorOfTheConnection_isGoneWithIt() throws Exception {
        mosquitto.down();
        try {
            browser.await("#state[data-connected=false]", "failed");
            publish("home/attic/temp", "1", 0);
            browser.await("#publish output.wrong", "not connected");
        } finally {
            mosquitto.up();
        }
        browser.await("#state[data-connected=true]", "Connected");
        browser.until(
                "no error", () -> browser.find("#publish output").getText().isEmpty());
    }

    @Test
    void errorOfTheInput_isGoneWhenThatChanges() {
        publish("home/#", "x", 0);
        browser.await("#publish output.wrong", "'#' is for filters");
        browser.find("#publish-topic").sendKeys(Keys.BACK_SPACE);
        assertEquals("", browser.find("#publish output").getText());
    }

    @Test
    void cards_tellWhenTheyAreOutOfDate() throws Exception {
        subscribe("garden/#");
        mosquitto.publish("garden/shed/temp", "12");
        browser.await("#topics h3", "garden/shed/temp");
        assertEquals("", silence("garden/shed/temp"));
        unsubscribe("garden/#");
        browser.until("silent", () -> silence("garden/shed/temp").equals("Not subscribed"));
        assertTrue(card("garden/shed/temp").getDomAttribute("class").contains("still"));
        assertEquals("", silence("home/kitchen/window"));
        browser.picture(PICTURES.resolve("unsubscribed.png"));
        browser.open(server.address()); // gets the last messages, also of what is not subscribed to any more
        browser.await("#topics h3", "garden/shed/temp");
        assertEquals("Not subscribed", silence("garden/shed/temp"));
        for (String filter : List.of("garden/+/temp", "garden/shed/temp/#", "$share/group/garden/#", "#")) {
            subscribe(filter);
            browser.until(filter, () -> silence("garden/shed/temp").isEmpty());
            assertFalse(card("garden/shed/temp").getDomAttribute("class").contains("still"));
            unsubscribe(filter);
            browser.until(filter, () -> silence("garden/shed/temp").equals("Not subscribed"));
        }
        for (String filter : List.of("garden/+", "garden/shed/temp/+", "garden/shed", "+/shed/x")) {
            subscribe(filter);
            assertEquals("Not subscribed", silence("garden/shed/temp"), filter);
            unsubscribe(filter);
        }
    }

    @Test
    void cards_tellWhenThereIsNoConnection() throws Exception {
        browser.await("#topics h3", "home/kitchen/window");
        mosquitto.down();
        try {
            browser.until("silent", () -> silence("home/kitchen/window").equals("Not connected"));
        } finally {
            mosquitto.up();
        }
        browser.until("alive", () -> silence("home/kitchen/window").isEmpty());
    }

    @Test
    void dashboardEndsAndStartsAgain_pageFollows() throws Exception {
        browser.await("#topics h3", "home/kitchen/window");
        mosquitto.down();
        int port = port();
        try {
            browser.await("#state[data-connected=false]", "failed");
            fill("#subscribe", "lost/#");
            browser.find("#subscribe button").click();
            browser.await("#subscribe output", "Waiting for the broker.");
            house.close();
            server.close();
            browser.await("#state[data-connected=false]", "The dashboard does not answer");
            assertEquals("Not connected", silence("home/kitchen/window"));
            publish("home/attic/temp", "1", 1);
            browser.await("#publish output.wrong", "The dashboard does not answer.");
        } finally {
            mosquitto.up();
            serve(port);
        }
        browser.await("#state[data-connected=true]", "Connected to " + mosquitto.url());
        browser.await("#subscribe output.wrong", "What came of it is not known");
        assertEquals("", browser.find("#publish output").getText());
        browser.until("alive", () -> silence("home/kitchen/window").isEmpty());
        assertFalse(browser.texts("#subscriptions").toString().contains("lost/#"));
    }

    @Test
    void refusedPage_triesAgain() throws Exception {
        browser.open("about:blank");
        List<Socket> others = new ArrayList<>();
        try {
            boolean full = false;
            while (!full) {
                Socket other = new Socket("127.0.0.1", port());
                others.add(other);
                String request = "GET /live HTTP/1.1\r\nHost: 127.0.0.1:" + port() + "\r\n\r\n";
                other.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                full = new String(other.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).endsWith("503");
            }
            browser.open(server.address());
            browser.await("#state[data-connected=false]", "too many pages");
        } finally {
            for (Socket other : others) {
                other.close();
            }
        }
        browser.await("#state[data-connected=true]", "Connected to " + mosquitto.url());
        browser.await("#topics h3", "home/kitchen/window");
    }

    @Test
    void timesOfAnotherDay_haveADate() {
        browser.await("#topics h3", "home/kitchen/window");
        String times = "#topics time, #log time";
        assertTrue(browser.texts(times).stream().allMatch(time -> time.matches("[0-9:]{8}")));
        assertEquals(
                true,
                browser.run(
                        "const times = document.querySelectorAll(arguments[0]);"
                                + "times.forEach(each => each.dateTime = '2026-01-31T12:00:00Z');"
                                + "document.dispatchEvent(new Event('visibilitychange'));" // a day later
                                + "return Array.from(times).every(each => each.innerText.includes('2026'));",
                        times));
    }

    @Test
    void focus_staysOnAButtonThatStays() throws Exception {
        browser.find("[aria-label='Unsubscribe from home/#']").sendKeys("");
        mosquitto.down();
        try {
            browser.await("#subscriptions", "when connected");
            browser.await("#state", "2 attempts");
            assertEquals("Unsubscribe from home/#", browser.focused().getAccessibleName());
        } finally {
            mosquitto.up();
        }
    }

    private static WebElement card(String topic) {
        return browser.all("#topics li").stream()
                .filter(each -> each.findElement(By.tagName("h3")).getText().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private static String silence(String topic) {
        return card(topic).findElement(By.className("why")).getText();
    }
}
