package io.github.cdimqtt.internal.packet;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.support.Seeded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.AttributeKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another codec, netty's, reads what we write, writes what we read, and on MQTT 5 refuses what we refuse. */
class PacketOracleTest {
    private static final int PACKETS = 100_000;
    private static final int DAMAGED = 30_000;
    private static final int LARGEST = 300_000;
    private static final int LONGEST_CLIENT_ID = 65_535;

    /** What we refuse and netty takes: the end of our sentence, and the statement or section that we follow. */
    private static final Map<String, String> STRICTER = Map.ofEntries(
            entry("that is cut off", "MQTT-2.2.2-1: no Property Length"),
            entry("with a variable byte integer that is longer than needed", "MQTT-1.5.5-1"),
            entry("whose length has more bytes than needed", "MQTT-1.5.5-1"),
            entry("with flags that are reserved", "MQTT-3.2.2-1"),
            entry("with the code 0x.., which MQTT does not have", "MQTT-3.2.2-8, MQTT-3.9.3-2"),
            entry("with the property '.*', which it can't have", "2.2.2.2"),
            entry("with the property '.*' twice", "a protocol error at each property that may occur once"),
            entry(
                    "with the property '.*' of .*, which is out of range",
                    "a protocol error at each property with a range"),
            entry("with the property 'session expiry interval'", "MQTT-3.14.2-2"),
            entry("which no broker sends", "2.1.2"),
            entry("of QoS 0 with DUP", "MQTT-3.3.1-2"),
            entry("without a topic and without a topic alias", "3.3.2.1"),
            entry("without a reason code", "3.9.3, 3.11.3"),
            entry("with .*, which only a client sends", "MQTT-3.15.2-1"),
            entry("without an authentication method", "3.15.2.2.2"));

    /** What we take and netty does not, and why. */
    private static final Map<String, String> LOOSER = Map.of(
            "unknown reason code", "codes that the specification does not have are told",
            "unknown connect return code", "those of 0x80 and above, too",
            "waits for bytes behind CONNACK", "a broker of MQTT 3.1.1 refuses in its own way");

    @ParameterizedTest
    @EnumSource
    void netty_readsWhatWeWrite(ProtocolVersion version) {
        Seeded.run("PacketOracleTest, written in MQTT " + version, random -> {
            PacketGenerator packets = new PacketGenerator(random, version);
            EmbeddedChannel netty = netty(new MqttDecoder(LARGEST, LONGEST_CLIENT_ID, true), version);
            for (int i = 0; i < PACKETS; i++) {
                Packet packet = packets.ofAClient();
                netty.writeInbound(bytes(packet, version));
                MqttMessage read = netty.readInbound();
                assertThat(read.decoderResult().isSuccess())
                        .as(() -> packet + ": " + read.decoderResult())
                        .isTrue();
                assertThat(NettyPackets.packetOf(read)).isEqualTo(packet);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void netty_writesWhatWeRead(ProtocolVersion version) {
        Seeded.run("PacketOracleTest, read in MQTT " + version, random -> {
            PacketGenerator packets = new PacketGenerator(random, version);
            EmbeddedChannel netty = netty(MqttEncoder.INSTANCE, version);
            for (int i = 0; i < PACKETS; i++) {
                Packet packet = packets.ofABroker();
                byte[] bytes = writtenBy(netty, packet);
                try {
                    assertThat(read(bytes, version)).isEqualTo(packet);
                } catch (IOException e) {
                    throw new AssertionError(packet + " as " + ByteBufUtil.hexDump(bytes), e);
                }
            }
        });
    }

    @Test
    void netty_refusesWhatWeRefuse_butForTheList() {
        Seeded.run("PacketOracleTest, damaged", random -> {
            PacketGenerator packets = new PacketGenerator(random, ProtocolVersion.V5);
            EmbeddedChannel encoder = netty(MqttEncoder.INSTANCE, ProtocolVersion.V5);
            int refused = 0;
            for (int i = 0; i < DAMAGED; i++) {
                byte[] bytes = first(damaged(random, writtenBy(encoder, packets.ofABroker())));
                if (bytes.length == 0) {
                    continue; // the packet is not complete: either waits for the rest
                }
                String ours = refusal(bytes);
                String theirs = refusalOfNetty(bytes);
                refused += ours.isEmpty() ? 0 : 1;
                if (theirs.isEmpty() && !ours.isEmpty()) {
                    assertThat(STRICTER.keySet())
                            .as(() -> ours + ": " + ByteBufUtil.hexDump(bytes))
                            .anyMatch(end -> ours.matches("an? [A-Z]+( of '.*')? came " + end + "(; remove .*)?"));
                } else if (ours.isEmpty()) {
                    assertThat(theirs)
                            .as(() -> ByteBufUtil.hexDump(bytes))
                            .matches(
                                    text -> text.isEmpty()
                                            || LOOSER.keySet().stream().anyMatch(text::contains),
                                    "is on the list");
                }
            }
            assertThat(refused).isBetween(DAMAGED / 10, DAMAGED * 9 / 10); // both are tried often
        });
    }

    /** Returns the first packet of some bytes; none if it is not complete. */
    private static byte[] first(byte[] bytes) {
        int length = 0;
        for (int i = 1; i < Math.min(bytes.length, 5); i++) {
            length |= (bytes[i] & 0x7f) << 7 * (i - 1);
            if (bytes[i] >= 0) {
                return i + 1 + length <= bytes.length ? Arrays.copyOf(bytes, i + 1 + length) : new byte[0];
            }
        }
        return bytes.length > 5 ? bytes : new byte[0];
    }

    private static byte[] damaged(Random random, byte[] packet) {
        byte[] damaged = packet.clone();
        for (int damage = random.nextInt(3); damage >= 0; damage--) {
            int at = random.nextInt(random.nextBoolean() ? damaged.length : Math.min(damaged.length, 16));
            switch (random.nextInt(5)) {
                case 0 -> damaged[at] = (byte) random.nextInt();
                case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> damaged[at] = (byte) 0xff;
                case 3 -> damaged[at] = 0;
                default -> damaged[at]++;
            }
        }
        return damaged;
    }

    /** Returns why we refuse a packet; empty if we do not. */
    private static String refusal(byte[] bytes) {
        try {
            read(bytes, ProtocolVersion.V5);
            return "";
        } catch (MalformedPacketException e) {
            return e.getMessage();
        } catch (IOException e) {
            throw new AssertionError(ByteBufUtil.hexDump(bytes), e);
        }
    }

    private static String refusalOfNetty(byte[] bytes) {
        EmbeddedChannel netty = netty(new MqttDecoder(LARGEST, LONGEST_CLIENT_ID, true), ProtocolVersion.V5);
        netty.writeInbound(Unpooled.wrappedBuffer(bytes));
        MqttMessage message = netty.readInbound();
        if (message == null) {
            return "waits for bytes behind " + PacketType.name(PacketType.of(bytes[0]));
        }
        return message.decoderResult().isSuccess()
                ? ""
                : message.decoderResult().toString();
    }

    private static EmbeddedChannel netty(ChannelHandler codec, ProtocolVersion version) {
        EmbeddedChannel channel = new EmbeddedChannel(codec);
        channel.attr(AttributeKey.valueOf("NETTY_CODEC_MQTT_VERSION"))
                .set(MqttVersion.fromProtocolNameAndLevel(version.protocolName(), (byte) version.level()));
        return channel;
    }

    private static byte[] writtenBy(EmbeddedChannel netty, Packet packet) {
        netty.writeOutbound(NettyMessages.messageOf(packet));
        ByteBuf written = Unpooled.buffer();
        for (ByteBuf part = netty.readOutbound(); part != null; part = netty.readOutbound()) {
            written.writeBytes(part);
        }
        return ByteBufUtil.getBytes(written);
    }

    /** Reads one packet behind a CONNACK. */
    private static Packet read(byte[] bytes, ProtocolVersion version) throws IOException {
        byte[] connAck = HexFormat.of().parseHex(version.hasProperties() ? "2003000000" : Packets.connack(false));
        InputStream in = new SequenceInputStream(new ByteArrayInputStream(connAck), new ByteArrayInputStream(bytes));
        PacketDecoder packets = new PacketDecoder(in, version, LARGEST, count -> {});
        packets.read();
        return packets.read();
    }

    private static ByteBuf bytes(Packet packet, ProtocolVersion version) {
        ByteBuf header = Unpooled.wrappedBuffer(PacketEncoder.encode(packet, version));
        return packet instanceof Packet.Publish publish
                ? Unpooled.wrappedBuffer(
                        header, Unpooled.wrappedBuffer(publish.payload().duplicate()))
                : header;
    }
}
