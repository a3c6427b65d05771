package dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedTest {
    private final Feed feed = new Feed();

    @BeforeEach
    void fill() {
        feed.state("{s}");
        feed.message("{1}");
        feed.message("{2}");
    }

    @Test
    void newPage_getsStateAndLastMessages_thenWhatHappens() throws Exception {
        Page page = feed.open(0);
        assertEquals(List.of("{s}", "{1}", "{2}"), data(page.next()));
        feed.message("{3}");
        feed.state("{t}");
        assertEquals(List.of("{3}", "{t}"), data(page.next()));
    }

    @Test
    void pageThatComesBack_getsWhatItHasNotSeen() throws Exception {
        String events = feed.open(0).next();
        long seen = Long.parseLong(events.replaceAll("(?s).*id: (\\d+)\\n.*", "$1"));
        feed.message("{3}");
        assertEquals(List.of("{s}", "{3}"), data(feed.open(seen).next()));
    }

    @Test
    void pageThatDoesNotFollow_isLetGo() throws Exception {
        Page page = feed.open(0);
        Page follows = feed.open(0);
        for (int i = 0; i < 3_000; i++) {
            feed.message("{}");
            follows.next();
        }
        assertNull(page.next());
        feed.message("{}");
        assertNotNull(follows.next());
    }

    @Test
    void tooManyPages_areRefused_untilOneIsClosed() {
        List<Page> pages = IntStream.range(0, 50).mapToObj(i -> feed.open(0)).toList();
        assertNull(feed.open(0));
        feed.close(pages.get(7));
        assertNotNull(feed.open(0));
    }

    @Test
    void end_endsThePages() throws Exception {
        Page page = feed.open(0);
        feed.end();
        assertNull(page.next());
    }

    private static List<String> data(String events) {
        return Pattern.compile("(?m)^data: (.*)$")
                .matcher(events)
                .results()
                .map(each -> each.group(1))
                .toList();
    }
}
