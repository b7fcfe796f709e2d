// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.io.File;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The open file of the embedded database. It consists of blocks that are written once; unused ones become holes after a
 * while (H2's RETENTION_TIME). All access is by reflection: H2 does not export the packages between a connection and
 * its file.
 */
final class EmbeddedFile {

    private final Object store;
    private final Object file;
    private final File onDisk;
    private final Method rewrite;
    private final Method move;
    private final Method reuse;
    private final Method retention;

    private EmbeddedFile(Object store, Object file) throws ReflectiveOperationException {
        this.store = store;
        this.file = file;
        this.rewrite = store.getClass().getMethod("compact", int.class, int.class);
        this.move = file.getClass().getMethod("compactMoveChunks", int.class, long.class, store.getClass());
        this.reuse = store.getClass().getMethod("setReuseSpace", boolean.class);
        this.retention = store.getClass().getMethod("setRetentionTime", int.class);
        this.onDisk = onDisk(file);
    }

    /** The prefixes of its path name the layers through which H2 accesses the disk. */
    private static File onDisk(Object file) throws ReflectiveOperationException {
        Method unwrap = file.getClass()
                .getClassLoader()
                .loadClass("org.h2.store.fs.FileUtils")
                .getMethod("unwrap", String.class);
        String before = "";
        String name = (String) require(file, "getFileName");
        while (!name.equals(before)) {
            before = name;
            name = (String) unwrap.invoke(null, name);
        }
        return new File(name);
    }

    /**
     * @return empty where the database has no file
     * @throws ReflectiveOperationException when it is not in this process, or another H2 than this class knows
     */
    static Optional<EmbeddedFile> find(DataSource source) throws SQLException, ReflectiveOperationException {
        try (Connection connection = source.getConnection()) {
            Object session = require(connection.unwrap(Connection.class), "getSession");
            Object store = require(require(require(session, "getDatabase"), "getStore"), "getMvStore");
            Object file = store.getClass().getMethod("getFileStore").invoke(store);
            return file == null ? Optional.empty() : Optional.of(new EmbeddedFile(store, file));
        }
    }

    /**
     * Rewrites the remaining content of blocks that are hardly used. It stores all changes, also those of open
     * transactions: there may be no writers meanwhile.
     *
     * @param filledPercent of all blocks: when more is used, nothing is done
     * @return whether there was such a block
     */
    boolean rewrite(int filledPercent, int bytes) throws ReflectiveOperationException {
        boolean found = (boolean) rewrite.invoke(store, filledPercent, bytes);
        if (found) {
            append();
        }
        return found;
    }

    /**
     * Moves blocks into holes before them, and ends the file behind the last one. No writers meanwhile, as with {@link
     * #rewrite}. H2 would first take further blocks for holes, which is noted nowhere on the disk before they are
     * written over: so no block is old enough for that during the move.
     *
     * @param usedPercent of the file: when more of it are blocks, nothing is done
     */
    void move(int usedPercent, long bytes) throws ReflectiveOperationException {
        append();
        int usual = (int) require(store, "getRetentionTime");
        retention.invoke(store, Integer.MAX_VALUE);
        try {
            move.invoke(file, usedPercent, bytes, store);
        } finally {
            retention.invoke(store, usual);
        }
    }

    /**
     * Commits behind everything else. H2 writes into a block that is not used any more as soon as it knows that, but notes it on the disk
     * with that same commit, or the next one. If the process were killed in the middle, the commit before would count on what was there.
     */
    private void append() throws ReflectiveOperationException {
        reuse.invoke(store, false);
        try {
            require(store, "commit");
        } finally {
            reuse.invoke(store, true);
        }
    }

    /** Syncs the file to the disk. No writer waits for that, other than during a move, which does it several times. */
    void sync() throws ReflectiveOperationException {
        require(store, "sync");
    }

    /** 0 when it is unknown. */
    long roomBytes() {
        return onDisk.getUsableSpace();
    }

    long bytes() throws ReflectiveOperationException {
        return (long) require(file, "size");
    }

    int usedPercent() throws ReflectiveOperationException {
        return (int) require(file, "getFillRate");
    }

    private static Object require(Object who, String what) throws ReflectiveOperationException {
        return who.getClass().getMethod(what).invoke(who);
    }
}
