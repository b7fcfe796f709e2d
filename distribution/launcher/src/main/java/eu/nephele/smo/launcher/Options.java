// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Options of the command line.
 *
 * @param host address to listen on
 * @param port TCP port to listen on, 1 to 65535; 0: a free one
 * @param data directory of everything that the server writes
 * @param config directory that configurations are read from instead of {@code etc} of the data directory; empty: that
 * @param profile name of the set of features to run
 * @param tls files of the server's certificate; empty: plain HTTP, unless the configuration names some
 * @param json progress as one JSON object per line instead of text
 * @param untilReady stop cleanly as soon as the server is ready (used to train the class-data archive)
 * @param help only print the usage
 */
record Options(
        String host,
        int port,
        Path data,
        Optional<Path> config,
        String profile,
        Optional<CertificateFiles> tls,
        boolean json,
        boolean untilReady,
        boolean help) {

    /**
     * Files that TLS needs.
     *
     * @param certificate PEM with the chain, or PKCS#12
     * @param key PEM; empty: in the file of the certificate
     */
    record CertificateFiles(Path certificate, Optional<Path> key) {}

    static final String USAGE = """
            Usage: smo server [--port N] [--host ADDRESS] [--data DIR] [--config DIR] [--profile NAME] [--json]
                              [--tls-cert FILE] [--tls-key FILE]

              --port N        TCP port (8000, with the profile containers 8080); 0: a free one, which the server tells when it is ready
              --host ADDRESS  address to listen on (127.0.0.1)
              --data DIR      what the server writes ($SMO_DATA, else ~/.smo/data)
              --config DIR    configurations, files PID.cfg; watched (DATA/etc)
              --profile NAME  set of features to run (sim)
              --tls-cert FILE TLS instead of plain HTTP: certificate with its chain (PEM), or PKCS#12 file
              --tls-key FILE  its key (PEM, PKCS#8), unless it is in the same file
              --json          progress as JSON lines
              --until-ready   stop as soon as the server is ready

            Exit status: 0 ended cleanly, 1 broken installation or bundle, 2 port or data directory in use, 64 wrong usage.
            """;

    private static final int USUAL_PORT = 8000;

    /** Where another interface has that port. */
    private static final Map<String, Integer> USUAL_PORTS = Map.of("containers", 8080);

    private static final Pattern PROFILE_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /**
     * Reads a command line.
     *
     * @param arguments as given to the program, {@code --name value} or {@code --name=value}
     * @param environment of the process; {@code SMO_DATA} is the default data directory
     * @param home of the user, parent of the last default
     * @throws ServerStartException if an argument is unknown, lacks its value or has a wrong one
     */
    static Options parse(List<String> arguments, Map<String, String> environment, Path home)
            throws ServerStartException {
        Builder options = new Builder();
        String data = environment.getOrDefault("SMO_DATA", "");
        options.data = data.isBlank() ? home.resolve(".smo").resolve("data") : Path.of(data);
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            int equals = argument.indexOf('=');
            if (argument.startsWith("--") && equals > 0) {
                rest.addFirst(argument.substring(equals + 1));
                argument = argument.substring(0, equals);
            }
            options.take(argument, rest);
        }
        return options.build();
    }

    /** The same, also with port 0 for a free one. */
    Options withPort(int chosen) {
        return new Options(host, chosen, data, config, profile, tls, json, untilReady, help);
    }

    private static final class Builder {
        private String host = "127.0.0.1";
        private OptionalInt port = OptionalInt.empty();
        private Path data = Path.of("");
        private Optional<Path> config = Optional.empty();
        private String profile = "sim";
        private Optional<Path> certificate = Optional.empty();
        private Optional<Path> key = Optional.empty();
        private boolean json;
        private boolean untilReady;
        private boolean help;

        void take(String argument, Deque<String> rest) throws ServerStartException {
            switch (argument) {
                case "--port" -> port = OptionalInt.of(port(value(argument, rest)));
                case "--host" -> host = value(argument, rest);
                case "--data" -> data = Path.of(value(argument, rest));
                case "--config" -> config = Optional.of(directory(value(argument, rest)));
                case "--profile" -> profile = profile(value(argument, rest));
                case "--tls-cert" -> certificate = Optional.of(file(argument, value(argument, rest)));
                case "--tls-key" -> key = Optional.of(file(argument, value(argument, rest)));
                case "--json" -> json = true;
                case "--until-ready" -> untilReady = true;
                case "--help", "-h" -> help = true;
                default ->
                    throw new ServerStartException(
                            ServerStartException.USAGE,
                            "Unknown argument '%s'. See: smo server --help".formatted(argument));
            }
        }

        Options build() throws ServerStartException {
            if (key.isPresent() && certificate.isEmpty()) {
                throw new ServerStartException(ServerStartException.USAGE, "--tls-key needs --tls-cert.");
            }
            return new Options(
                    host,
                    port.orElse(USUAL_PORTS.getOrDefault(profile, USUAL_PORT)),
                    data.toAbsolutePath().normalize(),
                    config,
                    profile,
                    certificate.map(file -> new CertificateFiles(file, key)),
                    json,
                    untilReady,
                    help);
        }

        private static Path file(String argument, String value) throws ServerStartException {
            Path file = Path.of(value).toAbsolutePath().normalize();
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new ServerStartException(
                        ServerStartException.USAGE,
                        "%s %s: expected a file that this user may read.".formatted(argument, value));
            }
            return file;
        }

        private static String value(String argument, Deque<String> rest) throws ServerStartException {
            String value = rest.pollFirst();
            if (value == null || value.isBlank()) {
                throw new ServerStartException(ServerStartException.USAGE, "%s needs a value.".formatted(argument));
            }
            return value;
        }

        private static int port(String value) throws ServerStartException {
            if (value.matches("\\d{1,5}")) {
                int port = Integer.parseInt(value);
                if (port <= 65535) {
                    return port;
                }
            }
            throw new ServerStartException(
                    ServerStartException.USAGE, "--port %s: expected a whole number from 0 to 65535.".formatted(value));
        }

        /** The file watcher takes a list of directories, in which a comma separates two of them. */
        private static Path directory(String value) throws ServerStartException {
            Path directory = Path.of(value).toAbsolutePath().normalize();
            if (!Files.isDirectory(directory) || directory.toString().contains(",")) {
                throw new ServerStartException(
                        ServerStartException.USAGE,
                        "--config %s: expected an existing directory, without a comma in its path.".formatted(value));
            }
            return directory;
        }

        private static String profile(String value) throws ServerStartException {
            if (!PROFILE_NAME.matcher(value).matches()) {
                throw new ServerStartException(
                        ServerStartException.USAGE,
                        "--profile %s: expected lower-case letters, digits and hyphens.".formatted(value));
            }
            return value;
        }
    }
}
