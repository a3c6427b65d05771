package dashboard;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** What goes to the open pages. One that opens later gets the last messages too. Never waits for a page. */
@ApplicationScoped
public class Feed {
    private static final int KEPT = 500;
    private static final int PAGES = 50; // each has a thread of the server

    private final Set<Page> pages = new HashSet<>();
    private final Deque<Message> last = new ArrayDeque<>();
    private long id;
    private String state = "";

    private record Message(long id, String event) {}

    synchronized void message(String json) {
        id = Math.max(id + 1, System.currentTimeMillis()); // grows over restarts too
        String event = "id: " + id + "\n" + event("message", json);
        last.add(new Message(id, event));
        if (last.size() > KEPT) {
            last.remove();
        }
        pages.forEach(page -> page.send(event));
    }

    synchronized void state(String json) {
        state = event("state", json);
        pages.forEach(page -> page.send(state));
    }

    /** Opens a page that has seen the messages up to an id. Returns null if too many are open. */
    synchronized Page open(long seen) {
        if (pages.size() == PAGES) {
            return null;
        }
        Page page = new Page();
        page.send(state);
        last.stream().filter(message -> message.id() > seen).forEach(message -> page.send(message.event()));
        pages.add(page);
        return page;
    }

    synchronized void close(Page page) {
        pages.remove(page);
    }

    @PreDestroy
    synchronized void end() {
        pages.forEach(Page::end);
    }

    /** JSON has no line breaks, so it is one line of data. */
    private static String event(String name, String json) {
        return "event: " + name + "\ndata: " + json + "\n\n";
    }
}
