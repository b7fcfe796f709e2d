// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that one server writes. At most one server uses it at a time. */
final class DataDirectory implements AutoCloseable {

    private static final List<String> FOLDERS = List.of("db", "plugins", "etc", "cache", "tmp", "log");

    private static final List<String> EMPTIED = List.of("tmp", "cache");

    private static final String LOCK = "lock";

    /** What may be in a folder that is there for this server only, before its first start too. */
    private static final Set<String> OWN = Stream.concat(FOLDERS.stream(), Stream.of(LOCK, "secrets", "lost+found"))
            .collect(Collectors.toUnmodifiableSet());

    private static final Duration LEFTOVERS_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataDirectory(Path root, FileChannel lockFile, FileLock lock) {
        this.root = root;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Takes the lock, makes the folders, closes them to others, and empties what does not outlive a run (tmp, cache). A folder that
     * holds other things, too, keeps its permissions: it may be {@code /tmp}, which others need.
     *
     * @throws ServerStartException if another server uses the folder, it cannot be written, or it has a folder that would be emptied and is
     *     somebody else's
     */
    static DataDirectory open(Path root) throws ServerStartException {
        try {
            if (!Files.isDirectory(root)) {
                createPrivate(root);
            }
            boolean shared = isShared(root);
            if (shared && !Files.exists(root.resolve(LOCK))) {
                refuseToEmpty(root);
            }
            FileChannel channel =
                    FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new ServerStartException(
                        ServerStartException.IN_USE,
                        "Another server is using the data directory %s. Stop it, or choose another with --data DIR."
                                .formatted(root));
            }
            return prepared(new DataDirectory(root, channel, lock), shared);
        } catch (IOException unusable) {
            throw new ServerStartException(
                    ServerStartException.BROKEN,
                    "The data directory %s cannot be used: %s. Choose another with --data DIR."
                            .formatted(root, unusable),
                    unusable);
        }
    }

    private static DataDirectory prepared(DataDirectory data, boolean shared) throws IOException {
        try {
            if (!shared) {
                closeToOthers(data.root);
            } else if (isOpenToOthers(data.root)) {
                System.err.printf(
                        "smo: Others on this machine can look into %s. It holds other things than the server's, so it stays as"
                                + " it is; only the server's folders in it are closed. A folder of its own is better: --data"
                                + " DIR%n",
                        data.root);
            }
            for (String folder : FOLDERS) {
                createPrivate(data.root.resolve(folder));
            }
            empty(data.tmp());
            empty(data.cache());
            return data;
        } catch (IOException unusable) {
            data.close();
            throw unusable;
        }
    }

    private static boolean isShared(Path root) throws IOException {
        try (Stream<Path> there = Files.list(root)) {
            return there.anyMatch(entry -> !OWN.contains(entry.getFileName().toString()));
        }
    }

    private static void refuseToEmpty(Path root) throws ServerStartException {
        for (String emptied : EMPTIED) {
            if (Files.exists(root.resolve(emptied))) {
                throw new ServerStartException(
                        ServerStartException.BROKEN,
                        "The folder %s is no data directory: it holds other things, and %s in it would be emptied. Choose an empty folder with --data DIR."
                                .formatted(root, emptied));
            }
        }
    }

    Path root() {
        return root;
    }

    Path etc() {
        return root.resolve("etc");
    }

    Path cache() {
        return root.resolve("cache");
    }

    Path tmp() {
        return root.resolve("tmp");
    }

    /** The file in which the server keeps the token of its administrator. */
    Path tokenFile() {
        return etc().resolve("admin.token");
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            closeToOthers(folder);
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** One that was there before, made by somebody else: it holds the token and the database, so it is for the owner only. */
    private static void closeToOthers(Path folder) throws IOException {
        if (!isOpenToOthers(folder)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        } catch (FileSystemException notOurs) {
            System.err.printf(
                    "smo: Others on this machine can look into %s, and it belongs to somebody else: its owner has to run"
                            + " chmod 700 (%s)%n",
                    folder, notOurs.getReason());
        }
    }

    private static boolean isOpenToOthers(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(folder));
    }

    /**
     * A process that the server of the last run had started may live for a moment longer than a server that was killed, and takes away, or
     * writes, files of its own meanwhile: what is gone is as it should be, what comes is removed as well.
     */
    private static void empty(Path folder) throws IOException {
        long end = System.nanoTime() + LEFTOVERS_WITHIN.toNanos();
        FolderCleaner folderCleaner = FolderCleaner.of(folder);
        while (folderCleaner.left().isPresent()) {
            if (System.nanoTime() - end > 0) {
                throw folderCleaner.left().get();
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            folderCleaner = FolderCleaner.of(folder);
        }
    }
}
