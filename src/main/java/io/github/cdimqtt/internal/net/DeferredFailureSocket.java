package io.github.cdimqtt.internal.net;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket whose writes do not fail while it is patient: a broker that refuses our certificate says why and hangs up, and
 * a write that fails before that is read would be all that anybody hears. Reading fails then, too.
 */
public final class DeferredFailureSocket extends Socket {
    private volatile boolean patient = true;

    public boolean isPatient() {
        return patient;
    }

    public void losePatience() {
        patient = false;
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
                if (!patient || isClosed()) {
                    throw e;
                }
            }
        }
    }
}
