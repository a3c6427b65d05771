package io.github.cdimqtt.internal.net.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.support.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Anything that a server may send over WebSocket: its bytes are read, or the connection ends with a reason. */
class WebSocketFuzzTest {
    private static final int INPUTS = 100_000;
    private static final int HANDSHAKES = 3_000;
    private static final String ANSWER =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n";

    private final byte[] buffer = new byte[4096];

    /** Frames as a broker may send them, with their payload. */
    private static final class Frames {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        int pings;

        Frames(Random random) {
            for (int message = random.nextInt(4); message >= 0; message--) {
                int fragments = 1 + random.nextInt(3);
                for (int i = 1; i <= fragments; i++) {
                    byte[] part = new byte[random.nextInt(200) == 0 ? random.nextInt(70_000) : random.nextInt(140)];
                    random.nextBytes(part);
                    add(random, (i == fragments ? 0x80 : 0) | (i == 1 ? 2 : 0), part);
                    content.writeBytes(part);
                    if (random.nextInt(4) == 0) {
                        int opcode = 9 + random.nextInt(2);
                        pings += opcode == 9 ? 1 : 0;
                        add(random, 0x80 | opcode, new byte[random.nextInt(126)]);
                    }
                }
            }
        }

        /** A length need not have the shortest form. */
        private void add(Random random, int first, byte[] payload) {
            int digits = Math.max(
                    payload.length > 65_535 ? 8 : payload.length > 125 ? 2 : 0, Seeded.oneOf(random, 0, 0, 0, 2, 8));
            bytes.write(first);
            bytes.write(digits == 8 ? 127 : digits == 2 ? 126 : payload.length);
            for (int i = digits - 1; i >= 0; i--) {
                bytes.write(i > 3 ? 0 : payload.length >> 8 * i);
            }
            bytes.writeBytes(payload);
        }
    }

    @Test
    void anyFrames_giveTheirBytes() {
        Seeded.run("WebSocketFuzzTest, frames", random -> {
            for (int i = 0; i < INPUTS / 10; i++) {
                Frames frames = new Frames(random);
                FrameCounter pongs = new FrameCounter();
                byte[] read = read(frames.bytes.toByteArray(), pongs);
                if (!Arrays.equals(read, frames.content.toByteArray()) || pongs.frames != frames.pings) {
                    throw new AssertionError(pongs.frames + " pongs, " + read.length + " bytes of input " + i);
                }
            }
        });
    }

    @Test
    void anyBytes_areReadOrReported() {
        Seeded.run("WebSocketFuzzTest, bytes", random -> {
            int taken = 0;
            for (int i = 0; i < INPUTS; i++) {
                byte[] bytes = damaged(random, new Frames(random).bytes.toByteArray());
                try {
                    assertThat(read(bytes, OutputStream.nullOutputStream()).length)
                            .isLessThanOrEqualTo(bytes.length);
                    taken++;
                } catch (UncheckedIOException reason) {
                    check(reason.getCause());
                }
            }
            assertThat(taken).isBetween(INPUTS / 100, INPUTS * 9 / 10); // both outcomes occur
        });
    }

    @Test
    void anyResponse_toTheHandshake_isRejectedWithAReason() {
        Seeded.run("WebSocketFuzzTest, handshakes", random -> {
            for (int i = 0; i < HANDSHAKES; i++) {
                byte[] answer = damaged(random, ANSWER.getBytes(ISO_8859_1));
                InputStream in = new ByteArrayInputStream(answer);
                try {
                    new WebSocketHandshake("h:1", "/").perform(in, OutputStream.nullOutputStream());
                    throw new AssertionError("taken: " + new String(answer, ISO_8859_1));
                } catch (IOException reason) {
                    check(reason);
                }
            }
        });
    }

    private static void check(IOException reason) {
        if (!(reason instanceof EOFException)) {
            assertThat(reason)
                    .isInstanceOf(WebSocketException.class)
                    .message()
                    .matches("[^\\p{C}\\p{Zl}\\p{Zp}]{10,300}");
        }
    }

    private byte[] read(byte[] frames, OutputStream answers) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            InputStream in = new FrameInput(new ByteArrayInputStream(frames), new FrameOutput(answers));
            for (int count = in.read(buffer, 0, buffer.length); count >= 0; ) {
                all.write(buffer, 0, count);
                count = in.read(buffer, 0, buffer.length);
            }
            return all.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] damaged(Random random, byte[] bytes) {
        byte[] damaged = bytes;
        for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? damaged.length : Math.min(damaged.length, 12));
            switch (random.nextInt(4)) {
                case 0 -> damaged = Arrays.copyOf(damaged, at);
                case 1 -> damaged[at] = (byte) random.nextInt();
                case 2 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                default -> damaged[at] = (byte) 0xff;
            }
        }
        return damaged;
    }

    /** Counts frames, each of which is one write. */
    private static final class FrameCounter extends OutputStream {
        private int frames;

        @Override
        public void write(int b) {
            throw new AssertionError("a frame in pieces");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            frames++;
        }
    }
}
