package io.github.cdimqtt.internal.net.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.support.Statement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private FrameInput input(String hex) {
        return new FrameInput(
                new ByteArrayInputStream(HexFormat.of().parseHex(hex.replace(" ", ""))), new FrameOutput(written));
    }

    @Statement("MQTT-6.0.0-2")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    8203 010203                         | 010203
                    8200 8201 01 8202 0203              | 010203
                    0201 01 0001 02 8001 03             | 010203
                    0201 01 8900 0001 02 8a01 ff 8001 03 | 010203
                    827e0003 010203                     | 010203
                    827f0000000000000003 010203         | 010203
                    8203 010203 8802 03e8 8201 ff       | 010203
                    8203 010203 8800                    | 010203
                    """)
    void frames_ofAnyKind_giveTheirBytes(String frames, String bytes) throws IOException {
        assertThat(HexFormat.of().formatHex(input(frames).readAllBytes())).isEqualTo(bytes);
    }

    @Statement("MQTT-6.0.0-1")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    8103 010203         | a WebSocket frame of text came; MQTT is binary [MQTT-6.0.0-1]
                    8300                | a WebSocket frame of unknown kind came (3)
                    8b00                | a WebSocket frame of unknown kind came (11)
                    c200                | a WebSocket frame came with reserved bits or masked (0xc200)
                    8283 00000000 000000 | a WebSocket frame came with reserved bits or masked (0x8283)
                    8001 01             | fragments of WebSocket frames came in disorder
                    0201 01 8201 02     | fragments of WebSocket frames came in disorder
                    0900                | a WebSocket control frame came in fragments, or too long
                    897e0080            | a WebSocket control frame came in fragments, or too long
                    827fffffffffffffffff | a WebSocket frame came with an impossible length
                    8802 03ea           | 'the broker closed the WebSocket with code 1002 '
                    8805 03f0 6e6f0a    | the broker closed the WebSocket with code 1008 no\\u000a
                    880c 03f0 c3bc c285 e280a8 e280ae | the broker closed the WebSocket with code 1008 ü\\u0085\\u2028\\u202e
                    """)
    void badFrame_isReported(String frames, String words) {
        assertThatThrownBy(() -> input(frames).readAllBytes())
                .isInstanceOf(WebSocketException.class)
                .hasMessage(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"82", "827e", "827e00", "8905 01"})
    void cutHeader_isTheEnd(String frames) {
        assertThatThrownBy(() -> input(frames).readAllBytes()).isInstanceOf(EOFException.class);
    }

    @Test
    void declaredLength_takesNoMemory() throws IOException {
        assertThat(input("827f7fffffffffffffff 01").readAllBytes()).containsExactly(1);
    }

    @Test
    void pingAndClose_areAnswered() throws IOException {
        input("8903 010203 8802 03e8").readAllBytes();
        byte[] frames = written.toByteArray();
        assertThat(frames).startsWith(0x8a, 0x83);
        assertThat(unmask(frames, 2, 3)).containsExactly(1, 2, 3);
        assertThat(Arrays.copyOfRange(frames, 9, 11)).containsExactly(0x88, 0x82);
        assertThat(unmask(frames, 11, 2)).containsExactly(0x03, 0xe8);
        assertThat(frames).hasSize(17);
    }

    @Statement({"MQTT-6.0.0-1", "MQTT-6.0.0-2"})
    @ParameterizedTest
    @ValueSource(ints = {1, 125, 126, 16_384, 16_385, 100_000})
    void output_isMaskedAndCutIntoFrames(int size) throws IOException {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 7);
        }
        byte[] before = bytes.clone();
        new FrameOutput(written).write(bytes);
        assertThat(bytes).isEqualTo(before);
        assertThat(content(written.toByteArray())).isEqualTo(bytes);
    }

    @Test
    void output_afterTheEnd_fails() throws IOException {
        FrameOutput output = new FrameOutput(written);
        output.end();
        output.end();
        assertThat(written.size()).isEqualTo(8);
        assertThatThrownBy(() -> output.write(1)).hasMessage("the WebSocket was closed");
    }

    private static byte[] unmask(byte[] frame, int key, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (frame[key + 4 + i] ^ frame[key + i % 4]);
        }
        return bytes;
    }

    private static byte[] content(byte[] frames) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int at = 0; at < frames.length; ) {
            assertThat(frames[at]).isEqualTo((byte) 0x82);
            int length = frames[at + 1] & 0x7f;
            at += 2;
            if (length == 126) {
                length = (frames[at] & 0xff) << 8 | frames[at + 1] & 0xff;
                at += 2;
            }
            content.writeBytes(unmask(frames, at, length));
            at += 4 + length;
        }
        return content.toByteArray();
    }

    /** A server that responds once the request is written. */
    private String shakeHands(UnaryOperator<String> answer) throws IOException {
        InputStream in = new InputStream() {
            private InputStream bytes;

            @Override
            public int read() throws IOException {
                if (bytes == null) {
                    bytes = new ByteArrayInputStream(answer.apply(goodAnswer()).getBytes(ISO_8859_1));
                }
                return bytes.read();
            }
        };
        new WebSocketHandshake("broker:80", "/küche").perform(in, written);
        return written.toString(ISO_8859_1);
    }

    private String goodAnswer() {
        Matcher key = Pattern.compile("Sec-WebSocket-Key: (\\S+)").matcher(written.toString(ISO_8859_1));
        assertThat(key.find()).isTrue();
        try {
            byte[] accept = MessageDigest.getInstance("SHA-1")
                    .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
            return "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(accept) + "\r\n"
                    + "Sec-WebSocket-Protocol: mqtt\r\n\r\n";
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Statement("MQTT-6.0.0-3")
    @Test
    void handshake_requestsMqtt() throws IOException {
        assertThat(shakeHands(answer -> answer))
                .startsWith("GET /k%C3%BCche HTTP/1.1\r\nHost: broker:80\r\n")
                .contains("\r\nSec-WebSocket-Protocol: mqtt\r\n", "\r\nSec-WebSocket-Version: 13\r\n")
                .endsWith("\r\n\r\n");
    }

    @Statement("MQTT-6.0.0-4")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    (?s).*                        | HTTP/1.1 404 Not Found^^ | the server answers 'HTTP/1.1 404 Not Found' to the WebSocket handshake for the path /küche; check the path in broker-url
                    (?s).*                        | 220 mail ready | what answers there speaks no WebSocket; check scheme and port in broker-url
                    upgrade: WebSocket            | a: b | the server accepts the WebSocket handshake, but not for MQTT: its Upgrade is '' in place of 'websocket'; check the path in broker-url
                    Connection: keep-alive, .*?\\s | Connection: close^ | the server accepts the WebSocket handshake, but not for MQTT: its Connection is 'close' in place of 'upgrade'; check the path in broker-url
                    Protocol: mqtt                | Protocol: chat | the server accepts the WebSocket handshake, but not for MQTT: its Sec-WebSocket-Protocol is 'chat' in place of 'mqtt'; check the path in broker-url
                    Protocol: mqtt                | Extensions: deflate^Sec-WebSocket-Protocol: mqtt | the server uses an extension of WebSocket that nobody asked for
                    """)
    void failedHandshake_isReported(String part, String replacement, String words) {
        String with = Matcher.quoteReplacement(replacement.replace("^", "\r\n"));
        assertThatThrownBy(() -> shakeHands(answer -> answer.replaceFirst(part, with)))
                .isInstanceOf(WebSocketException.class)
                .hasMessage(words);
    }

    @Test
    void handshakeWithoutEnd_isAborted() {
        assertThatThrownBy(() -> shakeHands(answer -> "HTTP/1.1 101 x\r\n" + "a: b\r\n".repeat(5000)))
                .hasMessage("the answer to the WebSocket handshake has more than 16 KiB");
        assertThatThrownBy(() -> shakeHands(answer -> "HTTP/1.1 101 x\r\n")).isInstanceOf(EOFException.class);
    }
}
