// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The assembled, read-only distribution: {@code lib/}, {@code bundles/}, {@code etc/} and
 * {@code profiles/<name>.{bundles,json,properties}}.
 *
 * @param home absolute path of the folder
 */
record Installation(Path home) {

    /**
     * Content of a profile.
     *
     * @param bundles jars in the order in which they are started
     * @param configuration Configurator JSON with the default configurations
     * @param frameworkProperties properties the OSGi framework is created with
     */
    record InstalledProfile(List<Path> bundles, String configuration, Map<String, String> frameworkProperties) {
        InstalledProfile {
            bundles = List.copyOf(bundles);
            frameworkProperties = Map.copyOf(frameworkProperties);
        }
    }

    /** The installation that the running jar belongs to, or the one named by the system property {@code smo.home}. */
    static Installation ofRunningProgram() throws ServerStartException {
        String home = System.getProperty("smo.home", "");
        if (!home.isBlank()) {
            return new Installation(Path.of(home).toAbsolutePath().normalize());
        }
        try {
            Path jar = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path lib = jar.getParent();
            Path root = lib == null ? null : lib.getParent();
            if (root != null) {
                return new Installation(root);
            }
        } catch (java.net.URISyntaxException broken) {
            throw new ServerStartException(
                    ServerStartException.BROKEN, "The launcher cannot find its installation.", broken);
        }
        throw new ServerStartException(
                ServerStartException.BROKEN, "The launcher must lie in the folder lib of an installation.");
    }

    /**
     * Reads a profile.
     *
     * @throws ServerStartException if the profile does not exist, or one of its files is missing
     */
    InstalledProfile profile(String name) throws ServerStartException {
        Path profiles = home.resolve("profiles");
        Path list = profiles.resolve(name + ".bundles");
        if (!Files.isRegularFile(list)) {
            throw new ServerStartException(
                    ServerStartException.USAGE,
                    "Profile '%s' does not exist; available: %s.".formatted(name, profileNames()));
        }
        try {
            List<Path> bundles = Files.readAllLines(list).stream()
                    .filter(line -> !line.isBlank())
                    .map(home::resolve)
                    .toList();
            for (Path bundle : bundles) {
                if (!Files.isRegularFile(bundle)) {
                    throw new ServerStartException(
                            ServerStartException.BROKEN,
                            "The installation lacks %s. Build it again: ./smo clean && ./smo build".formatted(bundle));
                }
            }
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(profiles.resolve(name + ".properties"))) {
                properties.load(reader);
            }
            Map<String, String> frameworkProperties = new LinkedHashMap<>();
            properties.stringPropertyNames().forEach(key -> frameworkProperties.put(key, properties.getProperty(key)));
            String configuration = Files.readString(profiles.resolve(name + ".json"));
            return new InstalledProfile(bundles, configuration, frameworkProperties);
        } catch (IOException unreadable) {
            throw new ServerStartException(
                    ServerStartException.BROKEN,
                    "Profile '%s' cannot be read: %s".formatted(name, unreadable),
                    unreadable);
        }
    }

    /** The logging configuration: that of the operator in {@code DATA/etc}, else the default. */
    Path logConfiguration(DataDirectory data) {
        Path own = data.etc().resolve("logback.xml");
        return Files.isRegularFile(own) ? own : home.resolve("etc").resolve("logback.xml");
    }

    private List<String> profileNames() throws ServerStartException {
        Path profiles = home.resolve("profiles");
        if (!Files.isDirectory(profiles)) {
            throw new ServerStartException(
                    ServerStartException.BROKEN,
                    "%s is not an SMO installation: it has no folder profiles.".formatted(home));
        }
        try (Stream<Path> files = Files.list(profiles)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".bundles"))
                    .map(file -> file.substring(0, file.length() - ".bundles".length()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new ServerStartException(
                    ServerStartException.BROKEN, "%s cannot be read.".formatted(profiles), unreadable);
        }
    }
}
