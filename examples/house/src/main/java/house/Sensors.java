package house;

import io.github.cdimqtt.Mqtt;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Plays the sensors of the house: a reading now and then, and sometimes a pan that was forgotten. */
@ApplicationScoped
class Sensors {
    private static final List<String> ROOMS = List.of("kitchen", "bathroom", "living-room");

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Random random = new Random();

    @Inject
    Mqtt mqtt;

    void start(@Observes Startup event) {
        clock.scheduleAtFixedRate(this::measure, 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
    }

    private void measure() {
        if (!mqtt.isConnected()) { // a reading is of no use later
            return;
        }
        String room = ROOMS.get(random.nextInt(ROOMS.size()));
        switch (random.nextInt(10)) {
            case 0 -> mqtt.publish("home/kitchen/temp", 60 + random.nextInt(20));
            case 1 -> mqtt.publish("home/" + room + "/window", random.nextBoolean());
            default -> mqtt.publish("home/" + room + "/temp", 20 + random.nextInt(30) / 10.0);
        }
    }
}
