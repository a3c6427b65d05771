package io.github.cdimqtt.broker;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.memory.MemoryBroker;
import io.github.cdimqtt.internal.memory.MemoryChannel;
import io.github.cdimqtt.internal.memory.MemoryClient;
import io.github.cdimqtt.internal.net.connect.ConnectProgress;
import io.github.cdimqtt.internal.packet.NettyMessages;
import io.github.cdimqtt.internal.packet.NettyPackets;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.transport.PacketChannel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** One client over TCP of a broker inside this JVM; netty reads and writes its packets. */
final class MemoryGatewayClient implements PacketChannel.Listener {
    private static final int LONGEST_PACKET = 268_435_455;
    private static final int LONGEST_CLIENT_ID = 65_535;

    /** More than any test lets wait. */
    private static final MqttConfig MOST_WAITING =
            MqttConfig.builder().offlineBuffer(1_000_000).build();

    /** No test waits for these clients. */
    private static final MemoryClient GONE =
            () -> CompletableFuture.failedFuture(new IllegalStateException("of another JVM"));

    private final Socket socket;
    private final PacketChannel channel;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final EmbeddedChannel codec = // guarded by itself
            new EmbeddedChannel(new MqttDecoder(LONGEST_PACKET, LONGEST_CLIENT_ID), MqttEncoder.INSTANCE);

    MemoryGatewayClient(MemoryBroker broker, Socket socket) {
        this.socket = socket;
        this.channel = new MemoryChannel(broker, MOST_WAITING, GONE, this);
    }

    /** Serves it until it hangs up. */
    void run() {
        try {
            channel.open();
            answered.await();
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[64 * 1024];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                for (MqttMessage message : decode(Unpooled.copiedBuffer(bytes, 0, count))) {
                    if (message.decoderResult().isFailure()) {
                        return;
                    }
                    channel.send(NettyPackets.packetOf(message));
                    ReferenceCountUtil.release(message);
                }
            }
        } catch (IOException e) {
            // It has hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            channel.close(null);
            Sockets.close(socket);
        }
    }

    private List<MqttMessage> decode(ByteBuf bytes) {
        synchronized (codec) {
            codec.writeInbound(bytes);
            List<MqttMessage> messages = new ArrayList<>();
            for (MqttMessage next = codec.readInbound(); next != null; next = codec.readInbound()) {
                messages.add(next);
            }
            return messages;
        }
    }

    @Override
    public void opened() {
        Thread.currentThread().setName("gateway-answers"); // not one of an application
        answered.countDown();
    }

    @Override
    public void received(Packet packet) {
        try {
            socket.getOutputStream().write(encode(packet));
        } catch (IOException e) {
            Sockets.close(socket);
        }
    }

    private byte[] encode(Packet packet) {
        synchronized (codec) {
            codec.writeOutbound(NettyMessages.messageOf(packet));
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf next = codec.readOutbound(); next != null; next = codec.readOutbound()) {
                all.writeBytes(next);
                next.release();
            }
            return ByteBufUtil.getBytes(all);
        }
    }

    @Override
    public void written(int count) {
        // The client knows.
    }

    @Override
    public void closed(Throwable cause, ConnectProgress progress) {
        Sockets.close(socket);
        answered.countDown();
    }
}
