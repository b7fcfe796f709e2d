// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Where copies may be: below {@code backups} of the data folder, or in folders that the owner of the machine has named. */
public final class CopyFolders {

    private final Path data;
    private final List<Path> allowed;

    /** @param others absolute */
    public CopyFolders(Path data, List<Path> others) {
        this.data = data.toAbsolutePath().normalize();
        this.allowed = Stream.concat(Stream.of(this.data.resolve("backups")), others.stream())
                .map(Path::normalize)
                .toList();
    }

    /**
     * The folder of a path, made when it is missing.
     *
     * @throws IOException when no copies may be there, or it cannot be made; the message is for people
     */
    Path folder(String path) throws IOException {
        Path folder;
        try {
            folder = data.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new IOException("%s is no path".formatted(path), e);
        }
        // a link in it could lead elsewhere
        Path real = real(folder);
        for (Path one : allowed) {
            if (real.startsWith(real(one))) {
                return made(folder);
            }
        }
        throw refused(path);
    }

    private static Path real(Path folder) throws IOException {
        Path present = folder;
        while (!Files.exists(present) && present.getParent() != null) {
            present = present.getParent();
        }
        return present.toRealPath().resolve(present.relativize(folder));
    }

    private static Path made(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            return Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new IOException("%s cannot be made: %s".formatted(folder, e), e);
        }
    }

    private static IOException refused(String path) {
        return new IOException(
                "autoscaler.backup.path %s is not below `backups` of the data folder; or name its folder in `backupFolders` of eu.nephele.smo.pools.containers"
                        .formatted(path));
    }
}
