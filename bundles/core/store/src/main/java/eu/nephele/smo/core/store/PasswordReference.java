// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the password of the database is. It is read when it is used, never kept: a changed file counts from the next connection
 * on.
 *
 * @param reference {@code file:PATH}, {@code env:NAME}, or "" for no password
 */
record PasswordReference(String reference) {

    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";

    /** @throws IllegalArgumentException naming the key, without the value: it may be a password by mistake */
    static PasswordReference of(String reference) {
        if (!reference.isEmpty() && !reference.startsWith(FILE) && !reference.startsWith(ENVIRONMENT)) {
            throw new IllegalArgumentException(
                    "%s: passwordReference is neither file:PATH nor env:NAME. The password itself does not belong into the configuration."
                            .formatted(StoreSettings.PID));
        }
        return new PasswordReference(reference);
    }

    /**
     * @param environment variables of the process by name
     * @throws IOException when there is no password where the reference points to
     */
    String resolve(Function<String, @Nullable String> environment) throws IOException {
        if (reference.startsWith(FILE)) {
            Path file = Path.of(reference.substring(FILE.length()));
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } else if (reference.startsWith(ENVIRONMENT)) {
            String name = reference.substring(ENVIRONMENT.length());
            return Optional.ofNullable(environment.apply(name))
                    .orElseThrow(() -> new IOException("The environment variable " + name + " is not set"));
        }
        return "";
    }
}
