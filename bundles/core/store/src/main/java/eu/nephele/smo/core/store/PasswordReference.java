// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.port.AdapterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reference of the password of the database. It is read when it is used, never kept: a changed file counts from the
 * next connection on.
 *
 * @param reference {@code file:PATH}, {@code env:NAME}, that of another source of secrets, or "" for no password
 * @param directory where relative paths begin: the data directory, as for all secrets
 */
record PasswordReference(String reference, Path directory) {

    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";
    private static final Pattern REFERENCE = Pattern.compile("(?:file|env|k8s|vault):.+");

    /** @throws IllegalArgumentException naming the key, without the value: it may be a password by mistake */
    static PasswordReference of(String reference, Path directory) {
        if (!reference.isEmpty() && !REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException(
                    "%s: passwordReference is neither file:PATH nor env:NAME, k8s:NAMESPACE/NAME/KEY or vault:MOUNT/PATH#KEY. The password itself does not belong in the configuration."
                            .formatted(StoreSettings.PID));
        }
        return new PasswordReference(reference, directory);
    }

    /**
     * @param environment variables of the process by name
     * @param others content of references to other systems; throws {@link AdapterException}
     * @throws IOException naming the reference, when there is no password where it points to
     */
    String resolve(Function<String, @Nullable String> environment, Function<String, Optional<String>> others)
            throws IOException {
        if (reference.startsWith(FILE)) {
            return ofFile(directory.resolve(reference.substring(FILE.length())));
        } else if (reference.startsWith(ENVIRONMENT)) {
            String name = reference.substring(ENVIRONMENT.length());
            return Optional.ofNullable(environment.apply(name))
                    .orElseThrow(() -> unreadable("the environment variable " + name + " is not set", null));
        }
        return reference.isEmpty() ? "" : ofSystem(others);
    }

    private String ofSystem(Function<String, Optional<String>> others) throws IOException {
        try {
            return others.apply(reference)
                    .orElseThrow(
                            () -> unreadable("there is nothing, or no source of such secrets is configured", null));
        } catch (AdapterException away) {
            throw unreadable(String.valueOf(away.getMessage()), away);
        }
    }

    private String ofFile(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException missing) {
            throw unreadable("there is no file " + file, missing);
        } catch (AccessDeniedException denied) {
            throw unreadable("this process may not read " + file, denied);
        } catch (IOException other) {
            throw unreadable(file + ": " + other.getMessage(), other);
        }
    }

    private IOException unreadable(String why, @Nullable Exception cause) {
        return new IOException(
                "%s: passwordReference=%s cannot be read: %s".formatted(StoreSettings.PID, reference, why), cause);
    }
}
