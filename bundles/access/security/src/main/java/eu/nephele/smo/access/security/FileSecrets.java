// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code file:PATH}, relative to the data directory. One line break at the end is not part of the secret. */
@Component(property = SecretSource.SCHEME + "=file")
public final class FileSecrets implements SecretSource {

    private static final String PREFIX = "file:";
    /** Folder of secrets in the data directory; may be a link itself. */
    private static final String FOLDER = "secrets";

    private static final long MAX_BYTES = 1_000_000;

    private final Path data;

    @Activate
    public FileSecrets(BundleContext context) {
        this(Path.of(Optional.ofNullable(context.getProperty("smo.data")).orElse("")));
    }

    FileSecrets(Path data) {
        this.data = data;
    }

    @Override
    public Optional<String> resolve(String reference) {
        if (!reference.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            Path file = data.resolve(reference.substring(PREFIX.length()));
            checkInside(file.normalize());
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > MAX_BYTES) {
                throw refused("%s is larger than %d bytes: not a secret".formatted(file, MAX_BYTES), Optional.empty());
            }
            return Optional.of(withoutLineBreak(Files.readString(file)));
        } catch (IOException | InvalidPathException unreadable) {
            throw refused(
                    "The secret %s cannot be read: %s".formatted(reference, unreadable.getMessage()),
                    Optional.of(unreadable));
        }
    }

    /** Below the folder of secrets, with no link that leaves it: callers of the REST API name such files, too. */
    private void checkInside(Path file) throws IOException {
        Path folder = data.resolve(FOLDER).normalize();
        if (file.startsWith(folder) && Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath())) {
            throw refused("%s is a link out of %s".formatted(file, folder), Optional.empty());
        }
    }

    private static AdapterException refused(String message, Optional<Exception> cause) {
        return cause.map(why -> new AdapterException(AdapterException.Kind.REFUSED, "secrets", message, why))
                .orElseGet(() -> new AdapterException(AdapterException.Kind.REFUSED, "secrets", message));
    }

    private static String withoutLineBreak(String text) {
        return text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
