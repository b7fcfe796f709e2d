// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.database;

import eu.nephele.smo.core.contract.database.DatabaseLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The database of a server that does not run, for commands that work on it themselves. */
public final class DatabaseOptions {

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory of the server.")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Configuration of the server, which names the database; default: DATA/etc.")
    private @Nullable Path config;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "Instead: jdbc:postgresql://HOST:PORT/NAME; without both, the embedded one in DATA/db.")
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "NAME", description = "User of --database.")
    private @Nullable String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Holds the password of --user.")
    private @Nullable Path passwordFile;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /**
     * Where the database is.
     *
     * @throws ParameterException when it is not said, or twice
     * @throws IOException when the configuration or the password cannot be read
     */
    public DatabaseLocation location() throws IOException {
        if (url != null && config != null) {
            throw wrong("Give --config or --database, not both");
        }
        if (url != null) {
            return new DatabaseLocation(
                    data == null ? Path.of("") : data,
                    Optional.of(url),
                    Optional.ofNullable(user),
                    passwordFile == null
                            ? Optional.empty()
                            : Optional.of(Files.readString(passwordFile).strip()));
        }
        if (user != null || passwordFile != null) {
            throw wrong("--user and --password-file belong to --database");
        }
        if (config != null && !Files.isDirectory(config)) {
            throw wrong("There is no folder %s".formatted(config));
        }
        if (data == null) {
            throw wrong("Give --data DIR, the data directory of the server, or --database URL");
        }
        StoreFile configured = StoreFile.read(config == null ? data.resolve("etc") : config, data);
        return new DatabaseLocation(data, configured.url(), configured.user(), configured.password());
    }

    /**
     * Returns who does the work on a database.
     *
     * @throws IOException where the bundles that know databases are not there
     */
    public static <T> T worker(Class<T> kind, String command) throws IOException {
        return ServiceLoader.load(kind)
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "This needs the bundles of an installation: run smo %s there".formatted(command)));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }
}
