// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configuration, checked.
 *
 * @param caFile certificates that are trusted; empty: those of the Java runtime
 * @param proxy for all registries but those in {@code noProxy}; unresolved, because its address may change
 * @param noProxy hosts that are reached directly although a proxy is configured
 * @param answerTimeout for an answer without content
 * @param timeout for a complete fetch
 */
record OciSettings(
        Set<String> plainHttp,
        List<Login> logins,
        Optional<Path> dockerConfig,
        Optional<Path> caFile,
        Optional<InetSocketAddress> proxy,
        Set<String> noProxy,
        CacheSettings cache,
        Duration connectTimeout,
        Duration answerTimeout,
        Duration timeout,
        ArtifactLimits limits) {

    static final String PID = "eu.nephele.smo.adapters.oci";

    static final String ANSWER_TIMEOUT = "answerTimeoutMillis";

    static final String TIMEOUT = "timeoutMillis";

    private static final Pattern PROXY = Pattern.compile("http://(.+):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;
    private static final long MIB = 1024 * 1024;

    OciSettings {
        plainHttp = Set.copyOf(plainHttp);
        logins = List.copyOf(logins);
        noProxy = Set.copyOf(noProxy);
    }

    /** @throws IllegalArgumentException names the key of an invalid value */
    static OciSettings of(OciConfig config, Path data) {
        return new OciSettings(
                entries(config.plainHttp()).map(host -> host("plainHttp", host)).collect(Collectors.toSet()),
                entries(config.credentials()).map(Login::parse).toList(),
                file("dockerConfig", config.dockerConfig(), data),
                file("caFile", config.caFile(), data),
                proxy(config.proxy()),
                entries(config.noProxy()).map(host -> host("noProxy", host)).collect(Collectors.toSet()),
                cache(config, data),
                Duration.ofMillis(atLeast("connectTimeoutMillis", config.connectTimeoutMillis(), 1)),
                Duration.ofMillis(atLeast(ANSWER_TIMEOUT, config.answerTimeoutMillis(), 1)),
                Duration.ofMillis(atLeast(TIMEOUT, config.timeoutMillis(), 1)),
                limits(config));
    }

    /** Properties files hold a list as one comma-separated text. */
    private static Stream<String> entries(String[] values) {
        return Arrays.stream(values)
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty());
    }

    private static CacheSettings cache(OciConfig config, Path data) {
        return new CacheSettings(
                path("cacheDirectory", config.cacheDirectory().isBlank() ? "cache/oci" : config.cacheDirectory(), data),
                atLeast("cacheMiB", config.cacheMiB(), 1) * MIB,
                Duration.ofSeconds(atLeast("tagSeconds", config.tagSeconds(), 0)));
    }

    private static ArtifactLimits limits(OciConfig config) {
        return new ArtifactLimits(
                atLeast("maxArtifactMiB", config.maxArtifactMiB(), 1) * MIB,
                atLeast("maxUnpackedMiB", config.maxUnpackedMiB(), 1) * MIB,
                atLeast("maxFileMiB", config.maxFileMiB(), 1) * MIB,
                (int) atLeast("maxEntries", config.maxEntries(), 1),
                (int) atLeast("maxPathDepth", config.maxPathDepth(), 1));
    }

    private static String host(String key, String value) {
        String host = value.strip().toLowerCase(Locale.ROOT);
        if (!ArtifactReference.isRegistry(host)) {
            throw wrong(key, value, "HOST or HOST:PORT");
        }
        return host;
    }

    /** Parses the proxy address. The error message does not show an invalid value: it may hold a password. */
    private static Optional<InetSocketAddress> proxy(String value) {
        if (value.isBlank()) {
            return Optional.empty();
        }
        String place = value.strip().toLowerCase(Locale.ROOT).replaceFirst("/$", "");
        Matcher parts = PROXY.matcher(place);
        int port = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
        if (port < 1 || port > MAX_PORT || !ArtifactReference.isRegistry(place.substring("http://".length()))) {
            throw new IllegalArgumentException("proxy in %s, expected http://HOST:PORT".formatted(PID));
        }
        return Optional.of(InetSocketAddress.createUnresolved(parts.group(1), port));
    }

    private static Optional<Path> file(String key, String value, Path data) {
        if (value.isBlank()) {
            return Optional.empty();
        }
        Path file = path(key, value, data);
        if (!Files.isReadable(file)) {
            throw wrong(key, value, "a file that can be read");
        }
        return Optional.of(file);
    }

    private static Path path(String key, String value, Path data) {
        try {
            return data.resolve(value.strip()).toAbsolutePath();
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException(
                    "%s=%s in %s is not a path: %s".formatted(key, value, PID, wrong.getReason()), wrong);
        }
    }

    private static long atLeast(String key, int value, int least) {
        if (value < least) {
            throw wrong(key, String.valueOf(value), "at least " + least);
        }
        return value;
    }

    static IllegalArgumentException wrong(String key, String value, String expected) {
        return new IllegalArgumentException("%s=%s in %s, expected %s".formatted(key, value, PID, expected));
    }
}
