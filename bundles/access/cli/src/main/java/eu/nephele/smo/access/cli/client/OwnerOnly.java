// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Files that nobody but their owner reads, whatever the umask of the shell is. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Attributes of such a file; none where the file system knows no permissions of POSIX. */
    public static List<FileAttribute<?>> attributes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? List.of(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : List.of();
    }

    /** Makes an empty one, if there is no file of that name. */
    public static void createIfMissing(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, attributes(file).toArray(FileAttribute<?>[]::new));
        }
    }
}
