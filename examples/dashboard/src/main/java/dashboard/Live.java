package dashboard;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Server-sent events: what happens, as it happens. */
@Dependent
@WebServlet("/live")
public class Live extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Feed feed;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Page page = feed.open(seen(request));
        if (page == null) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Too many pages are open");
            return;
        }
        try {
            response.setContentType("text/event-stream;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            ServletOutputStream out = response.getOutputStream();
            for (String events = page.next(); events != null; events = page.next()) {
                out.write(events.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server ends
        } finally {
            feed.close(page);
        }
    }

    /** A browser that opens again after a loss says what it has; after a refusal the page does. */
    private static long seen(HttpServletRequest request) {
        String header = request.getHeader("Last-Event-ID");
        String id = header != null ? header : request.getParameter("seen");
        return id != null && id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0;
    }
}
