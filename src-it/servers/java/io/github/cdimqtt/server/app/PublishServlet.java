package io.github.cdimqtt.server.app;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.Qos;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Publishes for whoever asks over HTTP. */
@WebServlet("/publish")
public class PublishServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    transient Mqtt mqtt;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        mqtt.publish("reported/servlet", request.getParameter("text"), Qos.AT_LEAST_ONCE)
                .toCompletableFuture()
                .join();
        response.getWriter().print("published");
    }
}
