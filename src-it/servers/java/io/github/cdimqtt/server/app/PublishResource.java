package io.github.cdimqtt.server.app;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.Qos;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.concurrent.CompletionStage;

/** The same in JAX-RS: the answer is sent when the broker has acknowledged. */
@Path("publish/{text}")
public class PublishResource {

    @Inject
    Mqtt mqtt;

    /** Publishes the text. */
    @GET
    public CompletionStage<String> publish(@PathParam("text") String text) {
        return mqtt.publish("reported/resource", text, Qos.AT_LEAST_ONCE).thenApply(published -> "published");
    }
}
