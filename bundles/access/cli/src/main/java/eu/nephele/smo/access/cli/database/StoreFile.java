// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.database;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The database that a configuration of a server names.
 *
 * @param url empty for the embedded one
 */
record StoreFile(Optional<String> url, Optional<String> user, Optional<String> password) {

    private static final String PID = "eu.nephele.smo.core.store";

    /** @throws IOException when there is one that this program does not read, or its password cannot be read */
    static StoreFile read(Path folder, Path data) throws IOException {
        for (String other : new String[] {".config", ".cfg.json", ".json"}) {
            if (Files.exists(folder.resolve(PID + other))) {
                throw new IOException(
                        "%s is not read here; give --database, --user and --password-file, or a file %s.cfg"
                                .formatted(folder.resolve(PID + other), PID));
            }
        }
        Path file = folder.resolve(PID + ".cfg");
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IllegalArgumentException escaped) {
                throw new IOException("%s is no file of properties: %s".formatted(file, escaped.getMessage()), escaped);
            }
        }
        Optional<String> url = value(properties, "url");
        Optional<String> reference = value(properties, "passwordReference");
        return new StoreFile(
                url,
                value(properties, "user"),
                url.isPresent() && reference.isPresent()
                        ? Optional.of(password(file, reference.get(), data))
                        : Optional.empty());
    }

    private static Optional<String> value(Properties properties, String name) {
        return Optional.of(properties.getProperty(name, "").strip()).filter(text -> !text.isEmpty());
    }

    private static String password(Path file, String reference, Path data) throws IOException {
        if (reference.startsWith("file:")) {
            return Files.readString(data.resolve(reference.substring("file:".length())))
                    .strip();
        }
        if (reference.startsWith("env:")) {
            String name = reference.substring("env:".length());
            return Optional.ofNullable(System.getenv(name))
                    .orElseThrow(() -> new IOException(
                            "passwordReference of %s names the variable %s, which is not set".formatted(file, name)));
        }
        throw new IOException("passwordReference of %s is neither file:PATH nor env:NAME".formatted(file));
    }
}
