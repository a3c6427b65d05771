package dashboard;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** How the page is used: by whom, on what, and by whom not. */
class PageIT extends InBrowser {

    /** The words, as slashes, hyphens and blanks part them, that are not in one line. */
    private static final String BROKEN_WORDS = """
            return (selector => [...document.querySelectorAll(selector)].flatMap(element => {
                const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
                const broken = [];
                while (texts.nextNode()) {
                    for (const { 0: word, index } of texts.currentNode.data.matchAll(/[^\\/\\s-]+/g)) {
                        const range = document.createRange();
                        range.setStart(texts.currentNode, index);
                        range.setEnd(texts.currentNode, index + word.length);
                        if (new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1) {
                            broken.push(word);
                        }
                    }
                }
                return broken;
            }))""";

    @Test
    void keyboard_reachesEverythingInOrder() {
        browser.await("#subscriptions", "house/average");
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            browser.press(Keys.TAB);
            order.add(browser.focused().getAccessibleName());
        }
        assertEquals(
                List.of(
                        "Pause",
                        "Topic",
                        "Payload",
                        "Properties (MQTT 5)",
                        "QoS",
                        "Retain",
                        "Publish",
                        "Request (MQTT 5)",
                        "Unsubscribe from home/#",
                        "Unsubscribe from house/average",
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
        browser.find("summary").click();
        assertAll(Stream.of("input", "textarea", "select", "button", "section", "[role=region]")
                .flatMap(each -> browser.all(each).stream())
                .map(WebElement::getAccessibleName)
                .map(name -> () -> assertFalse(name.isBlank())));
        assertEquals("status", browser.find("#state").getAriaRole());
    }

    @Test
    void pause_holdsThePage() throws Exception {
        assertEquals("Pause", browser.find("#pause").getAccessibleName());
        browser.find("#pause").click();
        assertEquals("Resume", browser.find("#pause").getAccessibleName());
        assertNull(browser.find("#pause").getDomAttribute("aria-pressed"), "would be 'Resume, pressed'");
        mosquitto.publish("home/paused", "1");
        subscribe("pause/over"); // the message has come before the answer
        assertFalse(browser.texts("#topics h3").contains("home/paused"));
        browser.await("#held", "Paused, new messages: ");
        assertFalse(browser.find("#held").getText().endsWith(": 0"));
        browser.find("#pause").click();
        browser.await("#topics h3", "home/paused");
        assertEquals("Pause", browser.find("#pause").getAccessibleName());
        assertFalse(browser.find("#held").isDisplayed());
        unsubscribe("pause/over");
    }

    @Test
    void screens_fromPhoneToDesktop() throws Exception {
        browser.await("#topics .range", "max");
        mosquitto.publish("home/" + "long".repeat(30), "payload".repeat(400));
        browser.await("#topics h3", "longlong");
        browser.find("summary").click();
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
    void longTopics_breakAfterASlash() throws Exception {
        String topic = "home/garden-house/irrigation-valve/temperature-of-the-soil/outside-sensor/calibrated-value";
        mosquitto.publish(topic, "1");
        browser.await("#topics h3", topic);
        subscribe(topic + "/#");
        publish(topic, "2", 1);
        browser.await("#publish output", "Published to " + topic + " with QoS 1.");
        try {
            for (int width : new int[] {390, 1280}) {
                browser.screen(width, 900, false);
                browser.picture(PICTURES.resolve("topics-" + width + ".png"));
                assertEquals(
                        List.of(),
                        browser.run(BROKEN_WORDS
                                + "('#state, #topics h3, #log td:nth-child(2), #subscriptions span, output')"));
            }
        } finally {
            unsubscribe(topic + "/#");
        }
    }

    @Test
    void aLevelThatIsTooLong_breaksInside() throws Exception {
        String level = "long".repeat(30);
        mosquitto.publish("home/" + level, "1");
        browser.await("#topics h3", level);
        browser.screen(390, 900, false);
        assertEquals(List.of(level), browser.run(BROKEN_WORDS + "('#topics h3')"));
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
    void formsOfOtherSites_areRefused() throws Exception {
        String form = "topic=home/forged&payload=1&qos=0";
        String request = "POST /publish HTTP/1.1\r\nHost: " + host() + "\r\nContent-Length: " + form.length()
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" + form;
        assertEquals("HTTP/1.1 403 ", answer(request));
    }

    @Test
    void namesOfOthers_areNotAnswered() throws Exception {
        assertEquals("HTTP/1.1 200 ", answer("GET / HTTP/1.1\r\nHost: " + host() + "\r\n\r\n"));
        assertEquals("HTTP/1.1 404 ", answer("GET / HTTP/1.1\r\nHost: rebound.example\r\n\r\n"));
    }

    private static String host() {
        return URI.create(server.address()).getAuthority();
    }

    /** Returns the first line that the server answers to a request, written by hand. */
    private static String answer(String request) throws Exception {
        try (Socket socket =
                new Socket("127.0.0.1", URI.create(server.address()).getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
