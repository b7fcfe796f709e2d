// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the token of each request comes from. It is asked anew each time: tokens are rotated. */
@FunctionalInterface
public interface TokenSource {

    Optional<String> token();

    static TokenSource none() {
        return Optional::empty;
    }

    /** A file of one line; none while the file is missing, unreadable or empty. */
    static TokenSource file(Path file) {
        return () -> {
            if (!Files.isReadable(file)) {
                return Optional.empty();
            }
            try {
                return Optional.of(Files.readString(file).strip()).filter(token -> !token.isEmpty());
            } catch (IOException unreadable) {
                throw new UncheckedIOException("The token file %s cannot be read".formatted(file), unreadable);
            }
        };
    }
}
