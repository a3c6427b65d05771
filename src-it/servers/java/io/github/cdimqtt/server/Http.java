package io.github.cdimqtt.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** What a servlet of the application answers. */
final class Http {

    private Http() {}

    static String get(URL application, String path) throws IOException {
        try (InputStream answer =
                URI.create(application.toString()).resolve(path).toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
