package io.github.cdimqtt.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.QuarkusDevModeTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A change of the code is there with the next request, and nothing is left of what was before. */
class DevModeIT {
    private static final int RELOADS = 10;

    private static final int PORT = Ports.free();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION =
            new QuarkusDevModeTest().withApplicationRoot(jar -> jar.addClasses(Changing.class)
                    .addAsResource(
                            new StringAsset("mqtt.broker-url=memory:dev\nquarkus.devservices.enabled=false\nquarkus.http.port=" + PORT),
                            "application.properties"));

    private static String get(String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + "/" + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void reload_leavesNoConnectionThreadOrSubscription() throws Exception {
        assertThat(get("hear/first")).isEqualTo("version 0 heard first");
        int threads = Integer.parseInt(get("threads"));
        for (int version = 1; version <= RELOADS; version++) {
            String before = "version " + (version - 1);
            String after = "version " + version;
            APPLICATION.modifySourceFile(
                    Changing.class,
                    code -> code.replace(before, after));
            assertThat(get("hear/x")).isEqualTo(after + " heard x");
            assertThat(get("sessions")).isEqualTo("1");
        }
        assertThat(Integer.parseInt(get("threads"))).as("one left by each").isLessThan(threads + RELOADS);
    }
}
