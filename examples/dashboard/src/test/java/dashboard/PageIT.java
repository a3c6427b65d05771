package dashboard;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** How the page is used: by whom, on what, and by whom not. */
class PageIT extends InBrowser {

    @Test
    void keyboard_reachesEverythingInOrder() {
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            browser.press(Keys.TAB);
            order.add(browser.focused().getAccessibleName());
        }
        assertEquals(
                List.of(
                        "Pause",
                        "Topic",
                        "Payload",
                        "QoS",
                        "Retain",
                        "Publish",
                        "Unsubscribe from home/#",
                        "Topic filter",
                        "QoS",
                        "Subscribe"),
                order);
        fill("#publish", "home/attic/typed", "5");
        browser.find("#publish-topic").sendKeys(Keys.ENTER);
        browser.await("#topics h3", "home/attic/typed");
    }

    @Test
    void controls_haveNames() {
        assertAll(Stream.of("input", "textarea", "select", "button", "section", "[role=region]")
                .flatMap(each -> browser.all(each).stream())
                .map(WebElement::getAccessibleName)
                .map(name -> () -> assertFalse(name.isBlank())));
        assertEquals("status", browser.find("#state").getAriaRole());
    }

    @Test
    void pause_holdsThePage() throws Exception {
        browser.find("#pause").click();
        mosquitto.publish("home/paused", "1");
        subscribe("pause/over"); // the message has come before the answer
        assertFalse(browser.texts("#topics h3").contains("home/paused"));
        browser.find("#pause").click();
        browser.await("#topics h3", "home/paused");
        unsubscribe("pause/over");
    }

    @Test
    void screens_fromPhoneToDesktop() throws Exception {
        browser.await("#topics .range", "max");
        mosquitto.publish("home/" + "long".repeat(30), "payload".repeat(400));
        browser.await("#topics h3", "longlong");
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {360, 768, 1280}) {
                browser.screen(width, 900, dark);
                long needed = (Long) browser.run("return document.documentElement.scrollWidth");
                assertTrue(needed <= width, "the page is " + needed + " wide on a screen of " + width);
                browser.picture(PICTURES.resolve(width + (dark ? "-dark" : "") + ".png"));
            }
        }
    }

    @Test
    void markupInTopicAndPayload_isText() throws Exception {
        String markup = "<img src=x onerror=alert(1)><script>document.title='caught'</script>";
        mosquitto.publish("home/<b>bold</b>", markup);
        browser.await("#topics h3", "home/<b>bold</b>");
        browser.await("#topics .value", markup);
        browser.await("#log", markup);
        assertEquals(List.of(), browser.all("main img, main script, main b"));
        assertEquals("MQTT dashboard", browser.run("return document.title"));
    }

    @Test
    void requestsOfOtherSites_areRefused() throws Exception {
        HttpRequest foreign = HttpRequest.newBuilder(URI.create(server.address() + "publish"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("topic=home/forged&payload=1&qos=0"))
                .build();
        assertEquals(
                403,
                HttpClient.newHttpClient()
                        .send(foreign, HttpResponse.BodyHandlers.ofString())
                        .statusCode());
    }
}
