package benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Stands in for a broker that costs nothing: a {@link Peer} and a thread for each client, and nothing between them. */
final class StandInBroker {
    private StandInBroker() {}

    public static void main(String[] args) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        System.out.println("port " + server.socket().getLocalPort());
        while (true) {
            SocketChannel client = server.accept();
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Thread thread = new Thread(() -> serve(client), "client");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void serve(SocketChannel client) {
        try (client) {
            new Peer(client).run();
        } catch (IOException gone) {
            // The client has left.
        }
    }
}
