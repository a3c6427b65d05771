import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipInputStream;

/** Stands for Maven Central in a rehearsal: java Central.java PORT DIRECTORY takes one upload and lays it out as a repository. */
class Central {

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
        server.createContext("/api/v1/publisher/upload", upload -> {
            System.out.println(upload.getRequestURI() + ", authorized by "
                    + upload.getRequestHeaders().getFirst("Authorization"));
            unpack(upload.getRequestBody().readAllBytes(), Path.of(args[1]));
            answer(upload, 201, "text/plain", "rehearsal");
        });
        server.createContext("/api/v1/publisher/status", status -> answer(status, 200, "application/json",
                "{\"deploymentId\": \"rehearsal\", \"deploymentState\": \"VALIDATED\", \"purls\": []}"));
        server.start();
    }

    /** The form has one part, a zip file behind the part's header. */
    private static void unpack(byte[] form, Path directory) throws IOException {
        int header = new String(form, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        var zip = new ZipInputStream(new ByteArrayInputStream(form, header, form.length - header));
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            Path file = directory.resolve(entry.getName());
            if (!entry.isDirectory()) {
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    private static void answer(HttpExchange exchange, int code, String type, String text) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, text.length());
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }
}
