package io.github.cdimqtt.internal.net;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket that at first defers failures of writing to the next read. A broker that refuses the client's certificate sends a
 * TLS alert and closes the connection: a failed write would hide the alert, which is still to be read. Thread-safe as a socket.
 */
public final class DeferredFailureSocket extends Socket {
    private volatile boolean deferring = true;

    public boolean isDeferring() {
        return deferring;
    }

    public void stopDeferring() {
        deferring = false;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Output(super.getOutputStream());
    }

    private final class Output extends FilterOutputStream {

        Output(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                if (!deferring || isClosed()) {
                    throw e;
                }
            }
        }
    }
}
