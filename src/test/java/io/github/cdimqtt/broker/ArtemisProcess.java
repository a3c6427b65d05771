package io.github.cdimqtt.broker;

import io.github.cdimqtt.support.JavaProgram;
import java.io.IOException;

/** Apache Artemis in a JVM of its own, with a journal on disk. */
public final class ArtemisProcess extends BrokerProcess {

    private ArtemisProcess() {
        super("artemis");
    }

    /** Starts one. */
    public static ArtemisProcess launch() {
        ArtemisProcess broker = new ArtemisProcess();
        broker.start();
        return broker;
    }

    @Override
    ProcessBuilder command() {
        return JavaProgram.prepare(ArtemisMain.class, directory().toString(), Integer.toString(port()));
    }

    /** It runs for as long as its input is open. */
    @Override
    void askToEnd(Process running) throws IOException {
        running.getOutputStream().close();
    }
}
