package io.github.cdimqtt.internal.session.store;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.reporting.Log;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.text.Printable;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message store in {@code persistence-directory}: one file for each message, in a directory for each client
 * identifier. When the JVM dies, a file is complete or absent. Nothing is forced to disk, so a loss of power may lose
 * the last messages. Thread-safe, as {@link MessageStore} is.
 */
public final class FileMessageStore implements MessageStore {
    private static final String UNFINISHED = ".tmp";

    private final Path directory;
    private final FileChannel lock;
    private final Map<String, Long> sequenceNumbers = new ConcurrentHashMap<>(); // by name, over all JVMs
    private final AtomicLong lastNumber = new AtomicLong();

    private FileMessageStore(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Opens the store of a client, and locks it against other connections and processes.
     *
     * @throws MqttException with the reason, if the directory can't be used
     */
    public static FileMessageStore open(Path parent, String clientId) {
        Path directory = parent.toAbsolutePath().resolve(directoryName(clientId));
        try {
            create(directory);
            FileChannel lock =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(lock)) {
                lock.close();
                throw new MqttException("persistence-directory '" + printable(directory)
                        + "' is in use by another connection" + " or process; give each client-id its own");
            }
            return new FileMessageStore(directory, lock);
        } catch (IOException e) {
            throw unusable(directory, "used", e);
        }
    }

    /** Returns an exception without a cause: the cause's message would quote the whole path, which is foreign text. */
    private static MqttException unusable(Path directory, String action, IOException e) {
        return new MqttException(
                "persistence-directory '" + printable(directory) + "' can't be " + action + ": " + Printable.reason(e));
    }

    private static String printable(Path path) {
        return Printable.of(path.toString());
    }

    /** Creates the directory for its owner alone, where the file system has owners: it holds payloads. */
    private static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory.getParent());
        FileAttribute<?>[] ownersOnly =
                directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createDirectory(directory, ownersOnly);
    }

    /** Returns a valid directory name for any client identifier, a different one for each. */
    private static String directoryName(String clientId) {
        return clientId.matches("[0-9A-Za-z_-]{1,64}")
                ? clientId
                : "x." + HexFormat.of().formatHex(clientId.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // locked by this process
        }
    }

    @Override
    public void put(String name, StoredMessage message) {
        Path unfinished = directory.resolve(name + UNFINISHED);
        try {
            try (DataOutputStream file =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
                file.writeByte(StoredMessage.VERSION);
                file.writeLong(sequenceNumbers.computeIfAbsent(name, none -> lastNumber.incrementAndGet()));
                message.write(file);
            }
            Files.move(
                    unfinished,
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MqttException("a message to '"
                    + Printable.of(message.message().topic()) + "' can't be kept in persistence-directory '"
                    + printable(directory) + "': " + Printable.reason(e));
        }
    }

    @Override
    public void remove(String name) {
        sequenceNumbers.remove(name);
        try {
            Files.deleteIfExists(directory.resolve(name));
        } catch (IOException e) {
            Log.write(
                    MessageId.FILE_NOT_DELETED,
                    printable(directory.resolve(name)) + " can't be deleted: its message may go once more: "
                            + Printable.reason(e));
        }
    }

    @Override
    public List<StoredMessage> read(String prefix) {
        SortedMap<Long, StoredMessage> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(prefix) && !name.endsWith(UNFINISHED)) {
                    StoredMessage message = read(file);
                    if (message != null) {
                        all.put(sequenceNumbers.getOrDefault(name, 0L), message);
                    }
                }
            }
        } catch (IOException e) {
            throw unusable(directory, "read", e);
        }
        return List.copyOf(all.values());
    }

    private @Nullable StoredMessage read(Path path) {
        try (DataInputStream file = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(path)))) {
            int version = file.readByte();
            if (version < 1 || version > StoredMessage.VERSION) {
                throw new IOException("it is of another version");
            }
            long number = file.readLong();
            StoredMessage message = StoredMessage.read(file, version);
            sequenceNumbers.put(path.getFileName().toString(), number);
            lastNumber.accumulateAndGet(number, Math::max);
            return message;
        } catch (IOException e) {
            Log.write(
                    MessageId.FOREIGN_FILE,
                    printable(path) + " is no message and is left alone: " + Printable.reason(e));
            return null;
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            Log.debug("the lock of " + printable(directory) + " was not given back: " + Printable.reason(e), null);
        }
    }
}
