package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.net.connect.ConnectProgress;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A channel that records what the session sends and wants, and whose broker the test plays; it answers pings by itself. */
public final class FakeChannel implements PacketChannel {
    final BrokerAddress server;
    final List<String> calls = new ArrayList<>();
    final CompletableFuture<Void> closed = new CompletableFuture<>();
    boolean takesBytes = true;
    boolean answersPings = true;

    /** What its thread receives while the session closes it. */
    List<Packet> duringClose = List.of();

    private final Listener session;
    private final FakeChannels channels;
    private final List<Packet> sent = new ArrayList<>();
    private final List<Packet.Subscribe> subscribes = new ArrayList<>(); // unanswered
    private final List<Packet.Unsubscribe> unsubscribes = new ArrayList<>(); // unanswered
    private Runnable whenPaused = () -> {};
    private long bytesSent;
    private long bytesReceived;

    /** Creates a channel without a session: it only records. */
    public FakeChannel() {
        this(null, null, null);
    }

    FakeChannel(BrokerAddress server, Listener session, FakeChannels channels) {
        this.server = server;
        this.session = session;
        this.channels = channels;
    }

    /** Accepts the connection, and grants its subscriptions. */
    FakeChannel accept() {
        accept(false);
        grantAll();
        return this;
    }

    void accept(boolean sessionPresent) {
        receive(new Packet.ConnAck(sessionPresent, 0));
    }

    /** Has the session receive a packet. */
    void receive(Packet packet) {
        bytesReceived++;
        session.received(packet);
    }

    /** Has the session receive a message to its end: at QoS 2 with PUBREL. */
    void deliver(Packet.Publish message) {
        receive(message);
        if (message.qos() == Qos.EXACTLY_ONCE) {
            receive(new Packet.PubRel(message.packetId()));
        }
    }

    /** Acknowledges a message of the session: at QoS 2 with PUBREC, unless that was sent before, and PUBCOMP. */
    void acknowledge(int packetId) {
        boolean released = sent.contains(new Packet.PubRel(packetId));
        if (!released && published().stream().anyMatch(each -> each.packetId() == packetId && isExactlyOnce(each))) {
            receive(new Packet.PubRec(packetId));
            released = true;
        }
        receive(released ? new Packet.PubComp(packetId) : new Packet.PubAck(packetId));
    }

    private static boolean isExactlyOnce(Packet.Publish message) {
        return message.qos() == Qos.EXACTLY_ONCE;
    }

    /** Has messages of QoS 0 be written. */
    void write(int count) {
        session.written(count);
    }

    /** Ends the connection, or the attempt. */
    void lose(Throwable cause) {
        session.closed(cause, ConnectProgress.AGREED);
    }

    /** Grants unanswered subscriptions until there are no more. */
    void grantAll() {
        while (!subscribes.isEmpty()) {
            grant();
        }
    }

    /** Answers the unanswered SUBSCRIBE with the codes asked for; returns the subscriptions. */
    List<Packet.Subscription> grant() {
        List<Packet.Subscription> requested = subscribes.get(0).subscriptions();
        answerSubscribe(requested.stream().map(each -> each.qos().level()).toArray(Integer[]::new));
        return requested;
    }

    /** Answers the unanswered SUBSCRIBE. */
    void answerSubscribe(Integer... codes) {
        receive(new Packet.SubAck(subscribes.remove(0).packetId(), List.of(codes)));
    }

    /** Answers the unanswered SUBSCRIBE on MQTT 5, with a remark. */
    void answerSubscribe(MqttReason remark, Integer... codes) {
        receive(new Packet.SubAck(subscribes.remove(0).packetId(), List.of(codes), remark));
    }

    /** Answers the unanswered UNSUBSCRIBE on MQTT 5, with a remark. */
    void answerUnsubscribe(MqttReason remark, Integer... codes) {
        receive(new Packet.UnsubAck(unsubscribes.remove(0).packetId(), List.of(codes), remark));
    }

    /** Answers the unanswered UNSUBSCRIBE; returns its filters. */
    List<String> answerUnsubscribe() {
        Packet.Unsubscribe answered = unsubscribes.remove(0);
        receive(new Packet.UnsubAck(answered.packetId()));
        return answered.filters();
    }

    /** Returns the subscriptions of each unanswered SUBSCRIBE. */
    List<List<Packet.Subscription>> subscribed() {
        return subscribes.stream().map(Packet.Subscribe::subscriptions).toList();
    }

    /** Returns the filters of each unanswered UNSUBSCRIBE. */
    List<List<String>> unsubscribed() {
        return unsubscribes.stream().map(Packet.Unsubscribe::filters).toList();
    }

    /** Returns what the session called: pause, resume, close, close orderly. */
    public List<String> calls() {
        return calls;
    }

    /** Sets what happens while reading is paused. */
    public void whenPaused(Runnable action) {
        whenPaused = action;
    }

    /** Returns all packets sent. */
    public List<Packet> sent() {
        return sent;
    }

    /** Returns the packets of one type. */
    public <T extends Packet> List<T> sent(Class<T> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Packet.Publish> published() {
        return sent(Packet.Publish.class);
    }

    /** Returns the topics of the messages sent. */
    List<String> topics() {
        return published().stream().map(Packet.Publish::topic).toList();
    }

    /** Returns the packets that acknowledge messages: PUBACK and PUBCOMP. */
    public List<Packet> acknowledged() {
        return sent.stream()
                .filter(each -> each instanceof Packet.PubAck || each instanceof Packet.PubComp)
                .toList();
    }

    @Override
    public void open() {
        channels.throwFault();
        channels.opened.add(this);
        session.opened();
    }

    @Override
    public void send(Packet packet) {
        sent.add(packet);
        bytesSent += takesBytes ? 1 : 0;
        if (packet instanceof Packet.Subscribe subscribe) {
            subscribes.add(subscribe);
        } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
            unsubscribes.add(unsubscribe);
        } else if (packet instanceof Packet.PingReq && takesBytes && answersPings) {
            receive(new Packet.PingResp());
        }
    }

    @Override
    public void pause() {
        calls.add("pause");
        whenPaused.run();
    }

    @Override
    public void resume() {
        calls.add("resume");
    }

    @Override
    public long bytesReceived() {
        return bytesReceived;
    }

    @Override
    public int pingsSent() {
        return takesBytes ? sent(Packet.PingReq.class).size() : 0;
    }

    @Override
    public long bytesSent() {
        return bytesSent;
    }

    @Override
    public CompletableFuture<Void> close(Packet last) {
        channels.throwFault();
        calls.add(last == null ? "close" : "close orderly");
        duringClose.forEach(this::receive);
        if (last != null) {
            sent.add(last);
        }
        if (channels.closeAtOnce || !channels.opened.contains(this)) {
            closed.complete(null);
        }
        return closed;
    }
}
