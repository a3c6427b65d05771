package dashboard;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.Qos;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/** Plays the sensors of a house, so that there is something to see. Only on the broker of our own. */
final class House implements AutoCloseable {
    private static final List<String> ROOMS = List.of("kitchen", "bathroom", "living-room");

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Random random = new Random();
    private final double[] celsius = {21, 23, 20};
    private final Mqtt mqtt;

    House(Mqtt mqtt) {
        this.mqtt = mqtt;
        ROOMS.forEach(room -> mqtt.publish("home/" + room + "/window", "closed", Qos.AT_LEAST_ONCE, true));
        mqtt.subscribe("house/average", Qos.AT_LEAST_ONCE, this::answer);
        clock.scheduleAtFixedRate(this::measure, 0, 500, TimeUnit.MILLISECONDS);
    }

    /** Tells how warm the house is to those who ask; on MQTT 3.1.1 nobody can. */
    private synchronized void answer(MqttMessage request) {
        if (request.properties().responseTopic() != null) {
            mqtt.reply(request, Math.round(DoubleStream.of(celsius).average().orElseThrow() * 10) / 10.0);
        }
    }

    private synchronized void measure() {
        int at = random.nextInt(ROOMS.size());
        String room = "home/" + ROOMS.get(at);
        celsius[at] += random.nextGaussian() / 3 + (21 - celsius[at]) / 20;
        mqtt.publish(room + "/temp", Math.round(celsius[at] * 10) / 10.0);
        switch (random.nextInt(8)) {
            case 0 -> mqtt.publish(room + "/window", random.nextBoolean() ? "open" : "closed", Qos.AT_LEAST_ONCE, true);
            case 1 -> mqtt.publish("home/power", 200 + random.nextInt(800), Qos.AT_LEAST_ONCE);
            default -> {} // nothing else happens
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
