package io.github.cdimqtt.internal.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
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
    void topicOfAMessageThatCannotBeStored_isReportedInOneLine() throws IOException {
        MessageStore store = open();
        Files.delete(directory.resolve("me/lock"));
        Files.delete(directory.resolve("me"));

        assertThatThrownBy(() -> store.put("out-1", message("a\nb")))
                .isInstanceOf(MqttException.class)
                .hasMessageContaining("a message to 'a\\u000ab' can't be kept in persistence-directory");
    }

    @Test
    void message_isKeptOverACrash_asItWas() {
        MessageStore before = open();
        Packet.Publish message =
                new Packet.Publish("a", ByteBuffer.wrap(new byte[] {1, 2}), Qos.EXACTLY_ONCE, true, true, 65_535);
        before.put("in-65535", new StoredMessage(message, false));
        before.put("out-1", new StoredMessage(message, true));
        before.close();

        MessageStore after = open();

        assertThat(after.read("in-")).containsExactly(new StoredMessage(message, false));
        assertThat(after.read("out-")).containsExactly(new StoredMessage(message, true));
        after.remove("in-65535");
        after.close();
        assertThat(open().read("in-")).isEmpty();
    }

    @Test
    void messageStoredAgain_keepsItsPlace() {
        MessageStore before = open();
        before.put("out-1", message("1"));
        before.put("out-2", message("2"));
        before.put("out-1", message("1 again"));
        before.close();

        assertThat(open().read("out-"))
                .extracting(each -> each.message().topic())
                .containsExactly("1 again", "2");
    }

    @Test
    void unfinishedAndDamagedFiles_areIgnored() throws IOException {
        MessageStore before = open();
        before.put("out-1", message("1"));
        before.put("out-2", message("2"));
        before.close();
        Path own = directory.resolve("me");
        byte[] whole = Files.readAllBytes(own.resolve("out-2"));
        Files.write(own.resolve("out-9.tmp"), whole);
        for (int length = 0; length < whole.length; length++) {
            Files.write(own.resolve("out-2"), Arrays.copyOf(whole, length));
            MessageStore store = open();
            assertThat(store.read("out-"))
                    .extracting(each -> each.message().topic())
                    .containsExactly("1");
            store.close();
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

    private static StoredMessage message(String topic) {
        return new StoredMessage(
                new Packet.Publish(topic, ByteBuffer.wrap(new byte[] {7}), Qos.AT_LEAST_ONCE, false, false, 1), false);
    }

    private MessageStore open() {
        return FileMessageStore.open(directory, "me");
    }
}
