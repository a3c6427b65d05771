package dashboard;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An MQTT broker in this JVM: all in memory, on a free port, for this machine only. */
final class Broker {

    private Broker() {}

    /** Starts it and returns its address. */
    static String start() throws Exception {
        EmbeddedActiveMQ artemis = new EmbeddedActiveMQ()
                .setConfiguration(new ConfigurationImpl()
                        .setPersistenceEnabled(false)
                        .setJournalType(JournalType.NIO) // no native libraries
                        .setSecurityEnabled(false)
                        .setJMXManagementEnabled(false)
                        .addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:0?protocols=MQTT;useEpoll=false"));
        artemis.start();
        int port = artemis.getActiveMQServer()
                .getRemotingService()
                .getAcceptor("mqtt")
                .getActualPort();
        System.out.println("Broker on port " + port + ". Try: mosquitto_pub -p " + port + " -t home/attic/temp -m 30");
        return "tcp://127.0.0.1:" + port;
    }
}
