package io.github.cdimqtt.internal.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The bytes to and from a broker, over plain TCP, TLS or WebSocket. Read by one thread, written by another. */
public interface ByteStream {

    InputStream input() throws IOException;

    OutputStream output() throws IOException;

    /** Ends the output; what was written before still arrives. */
    void endOutput() throws IOException;

    /** Returns the stream of a connected socket, without TLS. */
    static ByteStream of(DeferredFailureSocket socket) {
        socket.stopDeferring();
        return new SocketStream(socket);
    }
}
