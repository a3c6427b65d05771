package dashboard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** A Chromium on the page, with a Mosquitto behind it. Leaves pictures in target/screenshots. */
@Timeout(60)
abstract class InBrowser {
    static final Path PICTURES = Path.of("target/screenshots");

    @TempDir
    static Path directory;

    static Mosquitto mosquitto;
    static Server server;
    static House house;
    static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        for (Path program : List.of(Browser.PROGRAM, Browser.DRIVER, Mosquitto.PROGRAM)) {
            if (!Files.exists(program)) {
                System.out.println("NOT RUN the browser tests: no " + program
                        + " here; apt-get install chromium chromium-driver mosquitto mosquitto-clients");
            }
            assumeTrue(Files.exists(program), program.toString());
        }
        Files.createDirectories(PICTURES);
        mosquitto = new Mosquitto(directory);
        mosquitto.up();
        System.setProperty("mqtt.broker-url", mosquitto.url());
        System.setProperty("mqtt.reconnect.max-delay", "1s");
        serve(0);
        browser = new Browser(directory.resolve("profile"));
    }

    @AfterAll
    static void end() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {browser, house, server, mosquitto}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @BeforeEach
    void open() {
        browser.screen(1280, 900, false);
        browser.open(server.address());
        browser.await("#state", "Connected to " + mosquitto.url());
    }

    static void serve(int port) throws Exception {
        server = new Server(port, Path.of("src/main/webapp"), directory.resolve("tomcat"));
        house = new House(server.mqtt());
    }

    static int port() {
        return URI.create(server.address()).getPort();
    }

    static void subscribe(String filter) {
        fill("#subscribe", filter);
        browser.find("#subscribe button").click();
        browser.await("#subscribe output", "Subscribed to " + filter + ".");
        browser.await("#subscriptions", filter);
    }

    static void unsubscribe(String filter) {
        browser.click("[aria-label='Unsubscribe from " + filter + "']");
        browser.await("#subscribe output", "Unsubscribed from " + filter + ".");
    }

    static void publish(String topic, String payload, int qos) {
        fill("#publish", topic, payload);
        browser.find("#publish-qos").sendKeys(String.valueOf(qos));
        browser.find("#publish button").click();
    }

    static void fill(String form, String... values) {
        List<WebElement> fields = browser.all(form + " :is(input:not([type=checkbox]), textarea)");
        for (int i = 0; i < values.length; i++) {
            fields.get(i).clear();
            fields.get(i).sendKeys(values[i]);
        }
    }
}
