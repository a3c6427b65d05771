package dashboard;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
