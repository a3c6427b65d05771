package dashboard;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the forms ask for. Answers with a sentence for the user. */
@Dependent
@WebServlet({"/publish", "/request", "/subscribe", "/unsubscribe"})
public class Commands extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Mqtt mqtt;

    @Inject
    transient Watch watch;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getHeader("X-Dashboard") == null) { // pages of other sites can't send it
            answer(response, HttpServletResponse.SC_FORBIDDEN, "Only the dashboard's own page may ask for this.");
            return;
        }
        request.setCharacterEncoding("UTF-8");
        try {
            String waiting = request.getServletPath().equals("/request")
                    ? "Waiting for the answer."
                    : "Waiting for the broker. It is done once that answers.";
            answer(response, request.getParameter("id"), run(request), waiting);
        } catch (IllegalArgumentException | MqttException e) {
            answer(response, HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
        }
    }

    private void answer(HttpServletResponse response, String id, CompletionStage<String> asked, String waiting)
            throws IOException {
        try {
            answer(
                    response,
                    HttpServletResponse.SC_OK,
                    asked.toCompletableFuture().get(3, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            if (id != null) {
                watch.late(id, asked);
            }
            answer(response, HttpServletResponse.SC_ACCEPTED, waiting);
        } catch (ExecutionException e) { // an MqttException, which says what is wrong
            int whose = mqtt.isConnected()
                    ? HttpServletResponse.SC_BAD_REQUEST
                    : HttpServletResponse.SC_SERVICE_UNAVAILABLE; // over when connected
            answer(response, whose, e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletionStage<String> run(HttpServletRequest request) {
        String topic = parameter(request, "topic");
        return switch (request.getServletPath()) {
            case "/publish" ->
                mqtt.publish(
                                topic,
                                parameter(request, "payload"),
                                qos(request),
                                retain(request),
                                PropertyFields.of(request))
                        .thenApply(done -> "Published to " + topic + " with QoS "
                                + done.qos().level() + ".");
            case "/request" -> request(topic, request);
            case "/subscribe" -> subscribe(topic, qos(request));
            default -> unsubscribe(topic);
        };
    }

    private CompletionStage<String> request(String topic, HttpServletRequest request) {
        if (retain(request)) {
            throw new IllegalArgumentException("A request is not retained: clear 'Retain'.");
        }
        return mqtt.request(topic, parameter(request, "payload"), qos(request), PropertyFields.of(request))
                .thenApply(answer -> "Answer to " + topic + ": " + MessageJson.text(answer));
    }

    private CompletionStage<String> subscribe(String topic, Qos qos) {
        CompletionStage<Qos> asked = mqtt.subscribe(topic, qos);
        if (isNotRefused(asked)) { // otherwise it waits for the connection
            watch.subscribed(topic, qos);
        }
        return asked.thenApply(granted -> {
            watch.subscribed(topic, granted);
            return "Subscribed to " + topic + ". Granted: QoS " + granted.level() + ".";
        });
    }

    private CompletionStage<String> unsubscribe(String topic) {
        CompletionStage<Void> asked = mqtt.unsubscribe(topic);
        if (isNotRefused(asked)) {
            watch.unsubscribed(topic);
        }
        return asked.thenApply(done -> "Unsubscribed from " + topic + ".");
    }

    private static boolean isNotRefused(CompletionStage<?> asked) {
        return !asked.toCompletableFuture().isCompletedExceptionally();
    }

    private static Qos qos(HttpServletRequest request) {
        return Qos.of(Integer.parseInt(parameter(request, "qos")));
    }

    private static boolean retain(HttpServletRequest request) {
        return request.getParameter("retain") != null;
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing.");
        }
        return value;
    }

    private static void answer(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(text);
    }
}
