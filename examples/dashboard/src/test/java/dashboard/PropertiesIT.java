package dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What MQTT 5 gives: properties of messages, and requests that are answered. */
class PropertiesIT extends InBrowser {
    private static final String CARD = """
            (topic => [...document.querySelectorAll('#topics li')]
                .find(card => card.querySelector('h3').textContent === topic))""";

    @BeforeEach
    void openDetails() {
        browser.find("summary").click();
    }

    @Test
    void propertiesOfTheLastMessage_areShown() throws Exception {
        mosquitto.publish("home/attic/described", "1", """
                -V 5 -D publish content-type text/plain -D publish payload-format-indicator 1
                -D publish message-expiry-interval 600 -D publish response-topic home/attic/answers
                -D publish correlation-data abc -D publish user-property room attic
                -D publish user-property room <b>roof</b>""".split("\\s+"));
        awaitProperties("home/attic/described", "Content type: text/plain");
        assertEquals(
                List.of(
                        "Payload format: UTF-8",
                        "Content type: text/plain",
                        "Expires: ?",
                        "Response topic: home/attic/answers",
                        "Correlation data: 616263",
                        "User property: room=attic",
                        "User property: room=<b>roof</b>"),
                properties("home/attic/described")
                        .replaceFirst("Expires: .*[0-9]{2}:[0-9]{2}:[0-9]{2}", "Expires: ?")
                        .lines()
                        .toList());
        browser.picture(PICTURES.resolve("properties.png"));
        mosquitto.publish("home/attic/described", "2");
        browser.until("no properties", () -> properties("home/attic/described").isEmpty());
    }

    @Test
    void expiry_isShownAsATime() throws Exception {
        long before = System.currentTimeMillis();
        mosquitto.publish("home/attic/short", "1", "-V", "5", "-D", "publish", "message-expiry-interval", "86400");
        awaitProperties("home/attic/short", "Expires: ");
        long expires = (Long) browser.run(
                "return Date.parse(" + CARD + "(arguments[0]).querySelector('dl time').dateTime)", "home/attic/short");
        long seconds = (expires - before) / 1000;
        assertTrue(seconds >= 86399 && seconds <= 86400 + 60, "expires in " + seconds + " s");
    }

    @Test
    void manyAndLongProperties_areCut() throws Exception {
        StringBuilder options = new StringBuilder("-V 5 -D publish content-type " + "long".repeat(100));
        for (int i = 1; i <= 23; i++) {
            options.append(" -D publish user-property n").append(i).append(" v");
        }
        mosquitto.publish("home/attic/many", "1", options.toString().split(" "));
        awaitProperties("home/attic/many", "User property: n20=v\nUser properties: 3 more");
        awaitProperties("home/attic/many", "Content type: " + "long".repeat(50) + "…\n");
        browser.screen(360, 900, false);
        long needed = (Long) browser.run("return document.documentElement.scrollWidth");
        assertTrue(needed <= 360, "the page is " + needed + " wide");
    }

    @Test
    void publishedWithProperties_arriveElsewhere() throws Exception {
        Mosquitto.Subscriber subscriber = mosquitto.listen("home/attic/form", "%t|%C|%E|%P|%p", "-V", "5");
        fill("#publish", "home/attic/form", "{}", "application/json", "600", "room=attic\n\nformula=a=b");
        browser.find("#publish button").click();
        browser.await("#publish output", "Published to home/attic/form with QoS 0.");
        assertEquals(
                "home/attic/form|application/json|600|room:attic formula:a=b|{}",
                subscriber.line("home/").replace("|599|", "|600|")); // what is left of it
        awaitProperties("home/attic/form", "User property: formula=a=b");
        fill("#publish", "home/attic/form", "{}", "", "", "");
        browser.find("#publish button").click();
        browser.until("no more properties", () -> properties("home/attic/form").equals("Payload format: UTF-8"));
    }

    @Test
    void wrongProperties_areTold() {
        wrong("soon", "", "'Expires after' is a whole number of seconds, not 'soon'.");
        wrong("-1", "", "expiry");
        wrong("", "room", "A user property is name=value, not 'room'.");
        assertFalse(browser.texts("#topics h3").contains("home/attic/wrong"));
    }

    private static void wrong(String expiry, String user, String told) {
        fill("#publish", "home/attic/wrong", "1", "", expiry, user);
        browser.find("#publish button").click();
        browser.await("#publish output.wrong", told);
    }

    @Test
    void request_isAnswered() throws Exception {
        request("house/average");
        browser.await("#publish output:not(.wrong)", "Answer to house/average: 2");
        String answer = browser.texts("#publish output").get(0);
        assertTrue(answer.matches("(?s).*Answer to house/average: 2[0-9]\\.[0-9]"), answer);
        browser.picture(PICTURES.resolve("request.png"));
    }

    @Test
    void requestThatNobodyReceives_fails() {
        browser.find("#publish-qos").sendKeys("1");
        request("nobody/there");
        browser.await("#publish output.wrong", "nobody has subscribed to 'nobody/there'");
    }

    @Test
    void requestThatNobodyAnswers_fails() {
        fill("#publish", "home/attic/temp", "?", "", "6", "");
        browser.find("[formaction=request]").click();
        browser.await("#publish output:not(.wrong)", "Waiting for the answer.");
        browser.await("#publish output.wrong", "no answer to the request to 'home/attic/temp' within 6000 ms");
        awaitProperties("home/attic/temp", "Response topic: reply/");
    }

    @Test
    void requestToBeRetained_isRefused() {
        browser.find("[name=retain]").sendKeys(Keys.SPACE);
        request("house/average");
        browser.await("#publish output.wrong", "A request is not retained");
    }

    @Test
    void requestWithoutConnection_isAnsweredLate() throws Exception {
        mosquitto.down();
        try {
            browser.await("#state[data-connected=false]", "failed");
            fill("#publish", "house/average", "", "", "60", "");
            browser.find("#publish-qos").sendKeys("1");
            browser.find("[formaction=request]").click();
            browser.await("#publish output", "Waiting for the answer.");
        } finally {
            mosquitto.up();
        }
        browser.await("#publish output:not(.wrong)", "Answer to house/average: 2");
    }

    private static void request(String topic) {
        fill("#publish", topic, "");
        browser.find("[formaction=request]").click();
    }

    private static void awaitProperties(String topic, String text) {
        browser.until(text, () -> properties(topic).contains(text));
    }

    /** What the card of a topic says of the properties of its last message; empty without a card too. */
    private static String properties(String topic) {
        return (String) browser.run("return " + CARD + "(arguments[0])?.querySelector('dl').innerText ?? ''", topic);
    }
}
