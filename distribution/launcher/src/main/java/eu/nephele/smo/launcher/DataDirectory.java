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

/** Data directory of one server. At most one server uses it at a time. */
final class DataDirectory implements AutoCloseable {

    private static final List<String> FOLDERS = List.of("db", "plugins", "etc", "cache", "tmp", "log");

    private static final List<String> EMPTIED = List.of("tmp", "cache");

    private static final String LOCK = "lock";

    /** Entries allowed in a folder that is reserved for this server, even before its first start. */
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
     * Takes the lock, creates the folders, restricts them to the owner, and empties those that do not outlive a run
     * (tmp, cache). A folder that also holds other files keeps its permissions: it may be {@code /tmp}, which others
     * need.
     *
     * @throws ServerStartException if another server uses the folder, it is not writable, or a folder of somebody else
     * in it would be emptied
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
                        "smo: Other users of this machine can read %s. It also holds files of others, so its"
                                + " permissions stay; only the server's folders in it are restricted. Use a folder of"
                                + " its own: --data DIR%n",
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
                        ("The folder %s is not a data directory: it holds other files, and %s in it would be emptied."
                                        + " Choose an empty folder with --data DIR.")
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

    /** The file with the token of the administrator. */
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

    /** Restricts an existing folder to its owner, because it holds the token and the database. */
    private static void closeToOthers(Path folder) throws IOException {
        if (!isOpenToOthers(folder)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        } catch (FileSystemException notOurs) {
            System.err.printf(
                    "smo: Other users of this machine can read %s, and it belongs to another user: its owner must run"
                            + " chmod 700 (%s)%n",
                    folder, notOurs.getReason());
        }
    }

    private static boolean isOpenToOthers(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(folder));
    }

    /**
     * A child process of a killed server may outlive it for a moment and remove or write files meanwhile: removed files
     * are fine, new ones are removed as well.
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
