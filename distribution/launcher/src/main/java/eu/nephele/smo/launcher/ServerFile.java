// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * {@code ~/.smo/servers/<port>.json}: tells the command line where a running server listens. Readable by its owner
 * only, and present while the server runs.
 */
final class ServerFile {

    private static final FileAttribute<?>[] OWNER_ONLY = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

    private final Path file;

    ServerFile(Path home, int port) {
        this.file = home.resolve(".smo").resolve("servers").resolve(port + ".json");
    }

    /** Writes the file anew; a reader sees the old or the new content, never half of it. */
    void write(Map<String, ?> members) throws IOException {
        Path folder = Files.createDirectories(file.resolveSibling("."));
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path fresh = Files.createTempFile(folder.normalize(), "server", ".new", posix ? OWNER_ONLY : NO_ATTRIBUTES);
        Files.writeString(fresh, FlatJson.object(members) + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    Path path() {
        return file;
    }
}
