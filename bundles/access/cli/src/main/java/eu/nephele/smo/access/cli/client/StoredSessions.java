// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Tokens of the sessions of this user, one file for each server, which only the user can read: {@code ~/.smo/sessions}. */
public record StoredSessions(Path folder) {

    public static StoredSessions ofUser() {
        return new StoredSessions(Path.of(System.getProperty("user.home"), ".smo", "sessions"));
    }

    /** The file with the token of a server, if there is one. */
    public Optional<Path> file(URI server) {
        return Optional.of(path(server)).filter(Files::isReadable);
    }

    public void save(URI server, String token) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(folder, attributes(posix, "rwx------"));
        Path fresh = Files.createTempFile(folder, "session", ".new", attributes(posix, "rw-------"));
        Files.writeString(fresh, token + "\n");
        Files.move(fresh, path(server), StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] attributes(boolean posix, String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** @return whether there was one */
    public boolean remove(URI server) throws IOException {
        return Files.deleteIfExists(path(server));
    }

    private Path path(URI server) {
        int port = server.getPort() < 0 ? ("https".equals(server.getScheme()) ? 443 : 80) : server.getPort();
        String host = server.getHost().replaceAll("[^A-Za-z0-9.-]", "_");
        return folder.resolve("%s_%s_%d.token".formatted(server.getScheme(), host, port));
    }
}
