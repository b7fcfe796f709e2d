// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that one server writes. At most one server uses it at a time. */
final class DataDirectory implements AutoCloseable {

    private static final List<String> FOLDERS = List.of("db", "plugins", "etc", "cache", "tmp", "log");

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
     * Makes the folders, takes the lock, and empties what does not outlive a run (tmp, cache).
     *
     * @throws StartFailure if another server uses the folder, or it cannot be written
     */
    static DataDirectory open(Path root) throws StartFailure {
        try {
            createPrivate(root);
            for (String folder : FOLDERS) {
                createPrivate(root.resolve(folder));
            }
            FileChannel channel =
                    FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StartFailure(
                        StartFailure.IN_USE,
                        "Another server is using the data directory %s. Stop it, or choose another with --data DIR."
                                .formatted(root));
            }
            DataDirectory data = new DataDirectory(root, channel, lock);
            empty(data.tmp());
            empty(data.cache());
            return data;
        } catch (IOException unusable) {
            throw new StartFailure(
                    StartFailure.BROKEN,
                    "The data directory %s cannot be used: %s. Choose another with --data DIR."
                            .formatted(root, unusable),
                    unusable);
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
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                || OWNER_ONLY.containsAll(Files.getPosixFilePermissions(folder))) {
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

    private static void empty(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (!visited.equals(folder)) {
                    Files.delete(visited);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
