package io.github.cdimqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The other client where brokers die: it keeps its session, reconnects by itself and reports what it received. It shares no
 * code with the library under test. Thread-safe; its {@link WitnessSession} is confined to one thread.
 */
public final class Witness implements AutoCloseable {

    private static final int RECONNECT_MILLIS = 50;
    private static final int LONGEST_PACKET = 1 << 20;

    private final NioEventLoopGroup loop = new NioEventLoopGroup(1);
    private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    private final WitnessSession session;
    private final String id;
    private final String filter;
    private final int port;
    private volatile boolean closed;

    /** Receives messages and acknowledgements, on the thread of the witness. */
    public interface Listener {
        /** A message was received; at QoS 2 once for each time that the broker sent it. */
        void received(String topic, String text);

        /** The broker has acknowledged a message that the witness published (PUBACK, PUBCOMP). */
        void acknowledged(String topic, String text);
    }

    /** Connects, and subscribes to the filter with QoS 2 after each connect. */
    public Witness(int port, String id, String filter, Listener listener) {
        this.port = port;
        this.id = id;
        this.filter = filter;
        this.session = new WitnessSession(listener);
        loop.execute(this::connect);
        subscribed.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Publishes, and again after each connect until it is acknowledged. */
    public void publish(String topic, String text, int qos) {
        loop.execute(() -> session.publish(topic, text.getBytes(UTF_8), qos));
    }

    @Override
    public void close() {
        closed = true;
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void connect() {
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new MqttDecoder(LONGEST_PACKET), MqttEncoder.INSTANCE, new Receiver());
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        connectLater();
                    }
                });
    }

    private void connectLater() {
        if (!closed) {
            loop.schedule(this::connect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private final class Receiver extends SimpleChannelInboundHandler<MqttMessage> {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(MqttMessageBuilders.connect()
                    .clientId(id)
                    .cleanSession(false)
                    .keepAlive(0)
                    .build());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            session.lost();
            connectLater();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, MqttMessage packet) {
            switch (packet.fixedHeader().messageType()) {
                case CONNACK ->
                    accepted(
                            context.channel(),
                            ((MqttConnAckMessage) packet).variableHeader().isSessionPresent());
                case SUBACK -> subscribed.complete(null);
                default -> session.handle(packet);
            }
        }

        private void accepted(Channel channel, boolean sessionPresent) {
            channel.writeAndFlush(MqttMessageBuilders.subscribe()
                    .messageId(WitnessSession.SUBSCRIBE_ID)
                    .addSubscription(MqttQoS.EXACTLY_ONCE, filter)
                    .build());
            session.connected(channel, sessionPresent);
        }
    }
}
