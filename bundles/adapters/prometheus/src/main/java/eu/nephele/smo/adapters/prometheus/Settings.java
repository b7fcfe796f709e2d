// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus;

import eu.nephele.smo.adapters.prometheus.query.MetricTemplate;
import eu.nephele.smo.adapters.prometheus.query.QuerySettings;
import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration; a wrong value throws an {@link IllegalArgumentException} that names its key. */
final class Settings {

    private static final int SCRAPES_IN_A_WINDOW = 4;
    private static final int MIN_QUERY_CHARS = 500;
    private static final int BYTES_PER_KIB = 1024;
    private static final int MAX_KIB = 1024 * 1024;

    private final PrometheusConfig config;

    Settings(PrometheusConfig config) {
        this.config = config;
    }

    HttpSettings http() {
        if (config.url().isBlank()) {
            throw wrong("url", "is missing: expected http://HOST:PORT");
        }
        return new HttpSettings(
                system(),
                config.url(),
                connectTimeout(),
                timeout(),
                Math.min(MAX_KIB, atLeast(1, "maxAnswerKiB", config.maxAnswerKiB())) * BYTES_PER_KIB,
                text(config.proxy()),
                text(config.caFile()),
                Credentials.of(config.token(), config.username(), config.password()));
    }

    String system() {
        return text(config.system()).orElseThrow(() -> wrong("system", "is missing: expected a name"));
    }

    Duration connectTimeout() {
        return Duration.ofMillis(atLeast(1, "connectTimeoutMillis", config.connectTimeoutMillis()));
    }

    Duration timeout() {
        return Duration.ofMillis(atLeast(1, "timeoutMillis", config.timeoutMillis()));
    }

    QuerySettings queries() {
        String serviceLabel = MetricTemplate.label(config.serviceLabel(), "serviceLabel");
        return new QuerySettings(
                MetricTemplate.parse(config.metrics(), serviceLabel),
                text(config.namespaceLabel()).map(name -> MetricTemplate.label(name, "namespaceLabel")),
                Duration.ofSeconds((long) SCRAPES_IN_A_WINDOW
                        * atLeast(1, "scrapeIntervalSeconds", config.scrapeIntervalSeconds())),
                Duration.ofSeconds(atLeast(1, "stalenessSeconds", config.stalenessSeconds())),
                atLeast(MIN_QUERY_CHARS, "maxQueryChars", config.maxQueryChars()),
                atLeast(1, "maxOwnQueries", config.maxOwnQueries()));
    }

    /** Where rule files go. */
    Path rulesFolder() {
        Path folder = Path.of(required("rulesFolder", config.rulesFolder()));
        if (!Files.isDirectory(folder)) {
            throw wrong("rulesFolder", "there is no folder " + folder);
        }
        return folder;
    }

    /** Reference of the kubeconfig; never shown: it may be the kubeconfig itself, put there by mistake. */
    String kubeconfig() {
        String reference = required("kubeconfig", config.kubeconfig());
        if (!reference.startsWith("file:") && !reference.startsWith("env:")) {
            throw wrong("kubeconfig", "expected the reference of a secret, file:PATH or env:NAME");
        }
        return reference;
    }

    Map<String, String> objectLabels() {
        Map<String, String> labels = new LinkedHashMap<>();
        Arrays.stream(config.objectLabels())
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .filter(line -> !line.isBlank())
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    if (equals <= 0) {
                        throw wrong("objectLabels", "expected NAME=VALUE, not " + line);
                    }
                    labels.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
                });
        return labels;
    }

    String required(String key, String value) {
        return text(value).orElseThrow(() -> wrong(key, "is missing; rules=%s needs it".formatted(config.rules())));
    }

    static IllegalArgumentException wrong(String key, String fault) {
        return new IllegalArgumentException("%s in the configuration of Prometheus: %s".formatted(key, fault));
    }

    static Optional<String> text(String value) {
        return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    private static int atLeast(int min, String key, int value) {
        if (value < min) {
            throw wrong(key, "%d, expected at least %d".formatted(value, min));
        }
        return value;
    }
}
