package dashboard;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What waits for one open page. One that can't follow is let go; the browser opens it again by itself. */
final class Page {
    private static final int MOST = 2_000;
    private static final String STILL_HERE = ":\n\n"; // a comment: finds out that the browser is gone

    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST);
    private volatile boolean ended;

    void send(String event) {
        if (!waiting.offer(event)) {
            end();
        }
    }

    /** Waits for the next events. Returns null when it is over. */
    String next() throws InterruptedException {
        String event = waiting.poll(15, TimeUnit.SECONDS);
        if (ended) {
            return null;
        }
        if (event == null) {
            return STILL_HERE;
        }
        StringBuilder events = new StringBuilder(event);
        while ((event = waiting.poll()) != null) {
            events.append(event);
        }
        return events.toString();
    }

    void end() {
        ended = true;
        waiting.offer(STILL_HERE); // wakes who waits
    }
}
