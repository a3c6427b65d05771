package benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Sends through a real broker what is to be received: a {@link Peer} that is subscribed to {@code flood/#}. */
final class Feeder {
    private static final byte[] FILTER = "flood/#".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NAME = "feeder".getBytes(StandardCharsets.UTF_8);

    private Feeder() {}

    public static void main(String[] args) throws IOException {
        try (SocketChannel broker = connect(Integer.parseInt(args[0]))) {
            broker.setOption(StandardSocketOptions.TCP_NODELAY, true);
            subscribe(broker);
            System.out.println("ready");
            new Peer(broker).run();
        }
    }

    /** A broker that has just been started does not listen at once. */
    private static SocketChannel connect(int port) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException refused) {
                if (attempt == 1_000) {
                    throw refused;
                }
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    /** Sends CONNECT and SUBSCRIBE at QoS 2, and takes CONNACK and SUBACK. */
    private static void subscribe(SocketChannel broker) throws IOException {
        ByteBuffer packets = ByteBuffer.allocate(100);
        packets.put((byte) 0x10).put((byte) (12 + NAME.length)).putShort((short) 4);
        packets.put("MQTT".getBytes(StandardCharsets.UTF_8))
                .put((byte) 4)
                .put((byte) 2)
                .putShort((short) 0);
        packets.putShort((short) NAME.length).put(NAME);
        packets.put((byte) 0x82).put((byte) (5 + FILTER.length)).putShort((short) 1);
        packets.putShort((short) FILTER.length).put(FILTER).put((byte) 2).flip();
        broker.write(packets);
        ByteBuffer answers = ByteBuffer.allocate(9);
        while (answers.hasRemaining() && broker.read(answers) >= 0) {
            // The rest of them.
        }
        if (answers.hasRemaining() || answers.get(3) != 0 || answers.get(8) != 2) {
            throw new IOException("the broker refuses the feeder: " + Arrays.toString(answers.array()));
        }
    }
}
