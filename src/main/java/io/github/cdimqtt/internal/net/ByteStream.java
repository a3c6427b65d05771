package io.github.cdimqtt.internal.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Bytes to and from a broker, whatever they are wrapped in. Read on one thread, written on another. */
public interface ByteStream {

    InputStream input() throws IOException;

    OutputStream output() throws IOException;

    /** Says that nothing more will be written; what was written still arrives. */
    void endOutput() throws IOException;

    /** Returns a connected socket as it is. */
    static ByteStream of(DeferredFailureSocket socket) {
        socket.losePatience();
        return new SocketStream(socket);
    }
}
