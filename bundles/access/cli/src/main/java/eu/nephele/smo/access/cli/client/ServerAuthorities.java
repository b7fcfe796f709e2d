// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import eu.nephele.smo.access.client.call.TrustedAuthorities;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Who vouches for the certificate of an https server.
 *
 * @param file of an option, which comes before the environment
 * @param environment possibly with {@code SMO_CA}
 */
public record ServerAuthorities(Optional<Path> file, Map<String, String> environment) {

    private static final String VARIABLE = "SMO_CA";

    /**
     * Returns a context that trusts the certificates of the file and no others; empty for those of Java.
     *
     * @throws IllegalArgumentException when the file cannot be read or has no certificate
     */
    public Optional<SSLContext> context() {
        String told = environment.getOrDefault(VARIABLE, "").strip();
        return file.map(named -> context("--ca", named))
                .or(() -> told.isEmpty() ? Optional.empty() : Optional.of(context(VARIABLE, Path.of(told))));
    }

    private static SSLContext context(String source, Path file) {
        try {
            return new TrustedAuthorities(file).context();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "%s %s: %s".formatted(source, file, unreadable.getMessage()), unreadable);
        }
    }
}
