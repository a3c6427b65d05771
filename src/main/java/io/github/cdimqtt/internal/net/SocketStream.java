package io.github.cdimqtt.internal.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** The bytes of a plain TCP socket. */
record SocketStream(Socket socket) implements ByteStream {

    @Override
    public InputStream input() throws IOException {
        return socket.getInputStream();
    }

    @Override
    public OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }
}
