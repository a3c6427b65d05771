package io.github.cdimqtt.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.HexFormat;

/** The broker's end of one connection. */
final class Peer implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(ScriptedBroker.TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Reads the next packet, in hexadecimal. */
    String read() {
        try {
            int header = in.readUnsignedByte();
            int length = 0;
            int shift = 0;
            int digit;
            StringBuilder packet = new StringBuilder("%02x".formatted(header));
            do {
                digit = in.readUnsignedByte();
                packet.append("%02x".formatted(digit));
                length |= (digit & 0x7f) << shift;
                shift += 7;
            } while (digit > 0x7f);
            byte[] body = new byte[length];
            in.readFully(body);
            return packet + HexFormat.of().formatHex(body);
        } catch (EOFException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads this number of bytes. */
    void skip(int bytes) {
        try {
            in.skipNBytes(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the next packet, which must begin like this. */
    String expect(String hex) {
        String packet = read();
        assertThat(packet).startsWith(hex);
        return packet;
    }

    /** Waits until the client has hung up; nothing more may come. */
    void expectEnd() {
        try {
            assertThat(read()).isEmpty();
        } catch (UncheckedIOException e) {
            assertThat(e).hasCauseInstanceOf(SocketException.class);
        }
    }

    void send(int... bytes) {
        byte[] packet = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            packet[i] = (byte) bytes[i];
        }
        send(packet);
    }

    void send(String hex) {
        send(HexFormat.of().parseHex(hex));
    }

    void send(byte[] packet) {
        try {
            socket.getOutputStream().write(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many bytes are there to read. */
    int available() {
        try {
            return in.available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the connection. */
    void hangUp() {
        close();
    }

    /** Resets the connection, as an operating system does when unread bytes are left. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
