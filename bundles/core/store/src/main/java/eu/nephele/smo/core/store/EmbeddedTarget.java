// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.backup.ArchiveHeader;
import eu.nephele.smo.core.contract.backup.ArchiveRestorer.RestoreTarget;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The embedded database: a new file is filled in a folder beside the present one, and takes its place when it is complete. The lock of the
 * data directory keeps servers out meanwhile.
 */
final class EmbeddedTarget implements NewDatabase {

    private static final int CONNECTIONS = 3;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Path directory;
    private final Path folder;
    private final DataDirectoryLock lock;
    private final ConnectionPool pool;
    private final boolean replaces;
    private boolean open = true;

    private EmbeddedTarget(Path directory, DataDirectoryLock lock, ConnectionPool pool, boolean replaces) {
        this.directory = directory;
        this.folder = directory.resolve(UnfinishedRestore.FOLDER);
        this.lock = lock;
        this.pool = pool;
        this.replaces = replaces;
    }

    /**
     * @throws IOException when a server uses the data directory, or there is a database and it is not to be replaced; nothing was changed
     */
    static EmbeddedTarget open(RestoreTarget target, ArchiveHeader header) throws IOException, SQLException {
        Path directory = target.database().data().resolve("db");
        createPrivate(target.database().data());
        DataDirectoryLock lock = DataDirectoryLock.take(target.database().data());
        try {
            boolean present = Files.exists(directory.resolve(EmbeddedUrl.FILE));
            if (present && !target.replace()) {
                throw new IOException(
                        ("There is a database in %s. Restore into another data directory, or add --replace: the present"
                                        + " one is kept beside the new one.")
                                .formatted(directory));
            }
            createPrivate(directory);
            DiskSpace.require(directory);
            requireKnown(header);
            Path folder = directory.resolve(UnfinishedRestore.FOLDER);
            remove(folder);
            createPrivate(folder);
            ConnectionPool pool = ConnectionPool.open(CONNECTIONS, CONNECT_TIMEOUT, true, config -> {
                config.setJdbcUrl(EmbeddedUrl.url(folder));
                config.setUsername("sa");
            });
            return new EmbeddedTarget(directory, lock, pool, present);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** In memory first: nothing is written for an archive that this program does not know. */
    private static void requireKnown(ArchiveHeader header) throws IOException, SQLException {
        ConnectionPool nothing = ConnectionPool.open(CONNECTIONS, CONNECT_TIMEOUT, true, config -> {
            config.setJdbcUrl("jdbc:h2:mem:smo-restore;MODE=PostgreSQL;DB_CLOSE_DELAY=-1");
            config.setUsername("sa");
        });
        try {
            SchemaMigration.requireKnown(nothing.connections(), SqlDialect.H2, header);
        } finally {
            nothing.close();
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public DataSource source() {
        return pool.connections();
    }

    @Override
    public void complete(Connection connection) {
        // the folder is the mark
    }

    /** Each step can be the last one: as long as the folder is there, servers refuse to start, and the next restore begins anew. */
    @Override
    public void publish() throws SQLException, IOException {
        open = false;
        pool.close();
        Path file = directory.resolve(EmbeddedUrl.FILE);
        if (replaces) {
            Path former =
                    directory.resolve("replaced-" + Instant.now().toString().replace(':', '-'));
            createPrivate(former);
            for (String name : List.of(EmbeddedUrl.FILE, "smo.trace.db")) {
                if (Files.exists(directory.resolve(name))) {
                    Files.move(directory.resolve(name), former.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
        Files.move(folder.resolve(EmbeddedUrl.FILE), file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        remove(folder);
    }

    @Override
    public String place() {
        return directory.toString();
    }

    @Override
    public String product() {
        return "H2";
    }

    @Override
    public boolean replaces() {
        return replaces;
    }

    /**
     * What is not complete stays in its folder, so that no server starts with an empty database. Where one was to be replaced, that is
     * still whole, and its server may start again.
     */
    @Override
    public void close() throws SQLException, IOException {
        try (lock) {
            if (open) {
                open = false;
                pool.close();
                if (replaces) {
                    remove(folder);
                }
            }
        }
    }
}
