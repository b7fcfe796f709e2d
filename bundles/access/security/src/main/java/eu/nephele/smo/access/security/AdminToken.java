// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.api.port.Authenticator;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The administrator's token: made at first start, kept in a file that only its owner can read, never logged. */
final class AdminToken implements Authenticator {

    /** User name that accompanies the token for clients that support Basic authentication only. */
    static final String USER = "admin";

    static final String ROLE = "admin";

    private static final int RANDOM_BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final String token;

    private AdminToken(String token) {
        this.token = token;
    }

    /**
     * Restricts the file to its owner.
     *
     * @param create whether the token is made when it is missing
     * @throws IOException when there is none
     */
    static AdminToken in(Path file, boolean create) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (create) {
            createIfMissing(file, posix);
        }
        if (posix
                && Files.isWritable(file)
                && !Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
        String token = Files.readString(file).strip();
        if (token.isEmpty()) {
            throw new IOException("%s is empty: delete it, and the next start creates a new token".formatted(file));
        }
        return new AdminToken(token);
    }

    private static void createIfMissing(Path file, boolean posix) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        // Written to a temporary file and moved, so that no reader ever sees half a token.
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, attributes);
        Files.writeString(fresh, random() + "\n", StandardOpenOption.WRITE);
        try {
            Files.move(fresh, file);
        } catch (FileAlreadyExistsException somebodyWasFaster) {
            Files.delete(fresh);
        }
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public Optional<Principal> authenticate(String authorization) {
        return PresentedCredentials.parse(authorization)
                .filter(given -> given.user().map(USER::equals).orElse(true))
                .filter(given -> given.matches(token))
                .map(right -> new Principal(USER, Set.of(ROLE)));
    }
}
