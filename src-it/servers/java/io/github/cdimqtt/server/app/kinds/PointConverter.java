package io.github.cdimqtt.server.app.kinds;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.PayloadConverter;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/** Two numbers with a semicolon between them. */
@ApplicationScoped
public class PointConverter implements PayloadConverter<Point> {

    @Override
    public boolean supports(Type type) {
        return type == Point.class;
    }

    @Override
    public Point read(MqttMessage message, Type type) {
        String[] parts = message.text().split(";");
        return new Point(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    @Override
    public byte[] write(Point point) {
        return (point.x() + ";" + point.y()).getBytes(StandardCharsets.UTF_8);
    }
}
