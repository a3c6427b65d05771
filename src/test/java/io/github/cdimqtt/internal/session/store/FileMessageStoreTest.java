package io.github.cdimqtt.internal.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.session.inbound.IncomingFlows;
import io.github.cdimqtt.internal.session.outbound.OutgoingFlows;
import io.github.cdimqtt.internal.session.outbound.OutgoingFlows.Flow;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMessageStoreTest {

    @TempDir
    Path directory;

    @Test
    void unacknowledgedMessages_areKeptInOrder_overACrash() {
        MessageStore before = open();
        OutgoingFlows flows = new OutgoingFlows(before);
        Flow answered = flows.begin(message("1", Qos.AT_LEAST_ONCE));
        flows.begin(message("2", Qos.EXACTLY_ONCE));
        flows.begin(message("3", Qos.AT_LEAST_ONCE));
        flows.pubrecReceived(2);
        flows.end(answered);
        flows.begin(message("4", Qos.AT_LEAST_ONCE));
        before.close();

        OutgoingFlows after = new OutgoingFlows(open());
        after.beginConnection(true);

        assertThat(after.resume(true))
                .extracting(flow -> flow.packetId() + " " + flow.message().topic() + " " + flow.duplicate() + " "
                        + flow.pubrecReceived())
                .containsExactly("2 2 true true", "3 3 true false", "4 4 true false");
    }

    @Test
    void unacknowledgedMessages_areSentAsNew_whereTheSessionIsNotKept() {
        MessageStore before = open();
        new OutgoingFlows(before).begin(message("1", Qos.AT_LEAST_ONCE));
        before.close();

        OutgoingFlows after = new OutgoingFlows(open());
        after.begin(message("2", Qos.AT_LEAST_ONCE));
        after.beginConnection(false);

        assertThat(after.resume(false))
                .singleElement()
                .satisfies(flow -> assertThat(flow.message().topic()).isEqualTo("1"))
                .satisfies(flow -> assertThat(flow.duplicate()).isFalse());
    }

    @Test
    void topicOfAMessageThatCannotBeStored_isReportedInOneLine() throws IOException {
        OutgoingFlows flows = new OutgoingFlows(open());
        Files.delete(directory.resolve("me/lock"));
        Files.delete(directory.resolve("me"));

        assertThatThrownBy(() -> flows.begin(message("a\nb", Qos.AT_LEAST_ONCE)))
                .isInstanceOf(MqttException.class)
                .hasMessageContaining("a message to 'a\\u000ab' can't be kept in persistence-directory");
    }

    @Test
    void incomingMessage_isKeptOverACrash() {
        MessageStore before = open();
        InboundMessage message =
                new InboundMessage("a", ByteBuffer.wrap(new byte[] {1, 2}), Qos.EXACTLY_ONCE, true, false, 65_535);
        new IncomingFlows(before).begin(message);
        before.close();

        MessageStore again = open();
        IncomingFlows after = new IncomingFlows(again);

        InboundMessage found = after.find(65_535);
        assertThat(found.topic()).isEqualTo("a");
        assertThat(found.payload()).isEqualTo(message.payload());
        assertThat(found.retained()).isTrue();
        after.end(found);
        again.close();
        assertThat(new IncomingFlows(open()).find(65_535)).isNull();
    }

    @Test
    void unfinishedAndDamagedFiles_areIgnored() throws IOException {
        MessageStore before = open();
        OutgoingFlows flows = new OutgoingFlows(before);
        flows.begin(message("1", Qos.AT_LEAST_ONCE));
        flows.begin(message("2", Qos.AT_LEAST_ONCE));
        before.close();
        Path own = directory.resolve("me");
        byte[] whole = Files.readAllBytes(own.resolve("out-2"));
        Files.write(own.resolve("out-9.tmp"), whole);
        for (int length = 0; length < whole.length; length++) {
            Files.write(own.resolve("out-2"), Arrays.copyOf(whole, length));
            MessageStore store = open();
            assertThat(store.read("out-")).extracting(StoredMessage::topic).containsExactly("1");
            store.close();
        }
    }

    @Test
    void acknowledgedMessages_leaveNoFile() throws IOException {
        MessageStore store = open();
        OutgoingFlows flows = new OutgoingFlows(store);
        for (int i = 0; i < 100; i++) {
            OutboundMessage message = message("t", Qos.EXACTLY_ONCE);
            Flow flow = flows.begin(message);
            flows.pubrecReceived(flow.packetId());
            flows.end(flow);
        }
        try (Stream<Path> files = Files.list(directory.resolve("me"))) {
            assertThat(files.map(each -> each.getFileName().toString())).containsExactly("lock");
        }
    }

    @Test
    void directoryInUse_isRefused() {
        open();

        assertThatThrownBy(this::open)
                .isInstanceOf(MqttException.class)
                .hasMessage("persistence-directory '" + directory.resolve("me")
                        + "' is in use by another connection or process; give each client-id its own");
    }

    @Test
    void directoryThatIsAFile_isRefusedWithTheReason() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> FileMessageStore.open(file, "me"))
                .isInstanceOf(MqttException.class)
                .hasMessageStartingWith("persistence-directory '" + file.resolve("me") + "' can't be used: ");
    }

    @Test
    void anyClientId_hasADirectoryOfItsOwn() throws IOException {
        for (String id : List.of("../x", "a/b", "a:b", "é", "x.612f62")) {
            FileMessageStore.open(directory, id);
        }
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all.filter(Files::isDirectory)).hasSize(5);
        }
    }

    @Test
    void directoryOfAClient_isReadableByItsOwnerAlone() throws IOException {
        open().close();

        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("me"))))
                .isEqualTo("rwx------");
    }

    private static OutboundMessage message(String topic, Qos qos) {
        return new OutboundMessage(topic, new byte[] {7}, qos, false);
    }

    private MessageStore open() {
        return FileMessageStore.open(directory, "me");
    }
}
