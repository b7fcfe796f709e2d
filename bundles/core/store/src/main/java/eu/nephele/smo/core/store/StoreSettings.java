// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checked configuration of the store.
 *
 * @param driver class name of the JDBC driver, by which its data source factory is found
 * @param embedded directory of the embedded database, if it is that
 * @param user database user, "" for none
 * @param lease of the owner of a database that several servers may open
 */
record StoreSettings(
        String url,
        String driver,
        Optional<Path> embedded,
        String user,
        PasswordReference password,
        int poolSize,
        Duration connectTimeout,
        Optional<Path> data,
        Duration lease,
        Optional<URI> address) {

    static final String PID = "eu.nephele.smo.core.store";

    private static final int CACHE_PART = 16;
    private static final long MOST_CACHE_KIB = 1_048_576;

    private static final String H2_DRIVER = "org.h2.Driver";
    private static final String POSTGRESQL_DRIVER = "org.postgresql.Driver";
    private static final String STRING_TYPE = "stringtype=";

    /**
     * @param dataDirectory the framework property {@code smo.data}
     * @throws IllegalArgumentException naming the key that is wrong
     */
    static StoreSettings of(StoreConfig config, Optional<String> dataDirectory) {
        require(config.poolSize() >= 2 && config.poolSize() <= 200, "poolSize", config.poolSize(), "2..200");
        require(
                config.connectTimeoutMillis() >= 250 && config.connectTimeoutMillis() <= 120_000,
                "connectTimeoutMillis",
                config.connectTimeoutMillis(),
                "250..120000");
        require(
                config.embeddedCacheKiB() == 0
                        || (config.embeddedCacheKiB() >= 64 && config.embeddedCacheKiB() <= 1_048_576),
                "embeddedCacheKiB",
                config.embeddedCacheKiB(),
                "0 or 64..1048576");
        require(
                config.leaseMillis() >= 1_000 && config.leaseMillis() <= 600_000,
                "leaseMillis",
                config.leaseMillis(),
                "1000..600000");
        PasswordReference password =
                PasswordReference.of(config.passwordReference(), Path.of(data(config, dataDirectory)));
        Duration lease = Duration.ofMillis(config.leaseMillis());
        Optional<URI> address = address(config.address());
        String folder = data(config, dataDirectory);
        Optional<Path> data = folder.isBlank() ? Optional.empty() : Optional.of(Path.of(folder));
        Duration timeout = Duration.ofMillis(config.connectTimeoutMillis());
        if (config.url().isBlank()) {
            Path directory = embeddedDirectory(config, dataDirectory);
            String url = EmbeddedUrl.url(
                    directory, cacheKiB(config, Runtime.getRuntime().maxMemory()));
            return new StoreSettings(
                    url,
                    H2_DRIVER,
                    Optional.of(directory),
                    "sa",
                    password,
                    config.poolSize(),
                    timeout,
                    data,
                    lease,
                    address);
        }
        String url = withTexts(config.url().strip());
        require(
                !url.toLowerCase(Locale.ROOT).contains("password="),
                "url",
                withoutParameters(url),
                "no password in it: set passwordReference instead");
        return new StoreSettings(
                url,
                driver(url),
                Optional.empty(),
                config.user(),
                password,
                config.poolSize(),
                timeout,
                data,
                lease,
                address);
    }

    /**
     * Pages that are read again are decoded again, which costs reads of many graphs a quarter of their time with 8 MiB.
     *
     * @param heapBytes the largest heap
     */
    static int cacheKiB(StoreConfig config, long heapBytes) {
        return config.embeddedCacheKiB() > 0
                ? config.embeddedCacheKiB()
                : (int) Math.min(MOST_CACHE_KIB, heapBytes / CACHE_PART / 1024);
    }

    private static Optional<URI> address(String configured) {
        if (configured.isBlank()) {
            return Optional.empty();
        }
        try {
            URI address = new URI(configured.strip());
            require(
                    address.getHost() != null && Set.of("http", "https").contains(address.getScheme()),
                    "address",
                    configured,
                    "http://HOST:PORT or https://HOST:PORT");
            return Optional.of(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("%s: address='%s': %s".formatted(PID, configured, e.getMessage()), e);
        }
    }

    private static String data(StoreConfig config, Optional<String> dataDirectory) {
        return config.smo_data().isBlank() ? dataDirectory.orElse("") : config.smo_data();
    }

    private static Path embeddedDirectory(StoreConfig config, Optional<String> dataDirectory) {
        String data = data(config, dataDirectory);
        require(!data.isBlank(), "smo.data", "", "a directory, by configuration or framework property, or a url");
        return Path.of(data).resolve("db");
    }

    private static String driver(String url) {
        boolean h2 = url.startsWith("jdbc:h2:");
        require(
                h2 || url.startsWith("jdbc:postgresql:"),
                "url",
                withoutParameters(url),
                "jdbc:postgresql:… or jdbc:h2:… (empty for the embedded database)");
        return h2 ? H2_DRIVER : POSTGRESQL_DRIVER;
    }

    /** JSON is bound as text: the PostgreSQL driver must leave its type to the server. */
    static String withTexts(String url) {
        if (!url.startsWith("jdbc:postgresql:") || url.contains(STRING_TYPE)) {
            return url;
        }
        return url + (url.contains("?") ? "&" : "?") + STRING_TYPE + "unspecified";
    }

    /** For messages: parameters of a url may hold a password. */
    static String withoutParameters(String url) {
        return url.split("[?;]", 2)[0].replaceFirst("//[^/@]*@", "//");
    }

    boolean isPostgresql() {
        return driver.equals(POSTGRESQL_DRIVER);
    }

    String place() {
        return withoutParameters(url);
    }

    private static void require(boolean right, String key, Object value, String expected) {
        if (!right) {
            throw new IllegalArgumentException("%s: %s='%s', expected %s".formatted(PID, key, value, expected));
        }
    }

    /** Keeps the url out of logs: it may hold a password. */
    @Override
    public String toString() {
        return "StoreSettings[" + place() + "]";
    }
}
