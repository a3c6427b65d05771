package io.github.cdimqtt.internal.net.tls;

import io.github.cdimqtt.internal.net.ByteStream;
import io.github.cdimqtt.internal.net.DeferredFailureSocket;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.net.ssl.SSLSocket;

/** TLS after its handshake. With TLS 1.3 a broker may refuse the client's certificate until it has sent its first bytes. */
record TlsStream(SSLSocket socket, DeferredFailureSocket below) implements ByteStream {

    @Override
    public InputStream input() throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = in.read(into, offset, length);
                below.stopDeferring();
                return count;
            }
        };
    }

    @Override
    public OutputStream output() throws IOException {
        return new FilterOutputStream(socket.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    if (!below.isDeferring()) { // otherwise reading fails, with a better reason
                        throw e;
                    }
                }
            }
        };
    }

    @Override
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }
}
