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
import java.util.regex.Pattern;

/** Reads the configuration; a wrong value throws an {@link IllegalArgumentException} that names its key. */
final class PrometheusSettings {

    private static final int SCRAPES_IN_A_WINDOW = 4;
    private static final int MIN_QUERY_CHARS = 500;
    private static final int BYTES_PER_KIB = 1024;
    private static final int MAX_KIB = 1024 * 1024;
    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 253;

    /** One line that begins with lower case, which a kubeconfig never does. */
    private static final Pattern REFERENCE = Pattern.compile("[a-z][a-z0-9+.-]*:\\S.*");

    private static final Pattern LABEL_OF_DNS = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern NAME_OF_DNS = Pattern.compile("%1$s(\\.%1$s)*".formatted(LABEL_OF_DNS));
    private static final Pattern LABEL_VALUE =
            Pattern.compile("(?=.{0,63}$)([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");
    private static final Pattern LABEL_NAME =
            Pattern.compile("(%s/)?(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?".formatted(NAME_OF_DNS));

    private final PrometheusConfig config;

    PrometheusSettings(PrometheusConfig config) {
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
                maxAnswerBytes(),
                text(config.proxy()),
                text(config.caFile()),
                Credentials.of(config.token(), config.username(), config.password()));
    }

    String system() {
        return text(config.system()).orElseThrow(() -> wrong("system", "is missing: expected a name"));
    }

    int maxAnswerBytes() {
        return Math.min(MAX_KIB, atLeast(1, "maxAnswerKiB", config.maxAnswerKiB())) * BYTES_PER_KIB;
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

    Path rulesFolder() {
        Path folder = Path.of(required("rulesFolder", config.rulesFolder()));
        if (!Files.isDirectory(folder)) {
            throw wrong("rulesFolder", "the folder does not exist: " + folder);
        }
        return folder;
    }

    /** Never shown: it may be the kubeconfig itself, configured by mistake. */
    String kubeconfig() {
        String reference = required("kubeconfig", config.kubeconfig());
        if (!REFERENCE.matcher(reference).matches()) {
            throw wrong("kubeconfig", "expected the reference of a secret, file:PATH or env:NAME");
        }
        return reference;
    }

    String severity() {
        return text(config.severity()).orElseThrow(() -> wrong("severity", "is empty"));
    }

    String namespace() {
        String namespace = required("namespace", config.namespace());
        if (namespace.length() > MAX_LABEL || !LABEL_OF_DNS.matcher(namespace).matches()) {
            throw wrong("namespace", namespace + " is not a namespace name");
        }
        return namespace;
    }

    /** With {@code $project}. */
    String objectName() {
        String name = required("objectName", config.objectName());
        String example = name.replace("$project", "p");
        if (example.length() + MAX_LABEL > MAX_NAME
                || !NAME_OF_DNS.matcher(example).matches()) {
            throw wrong("objectName", name + " is not an object name; lower-case letters, digits, - and .");
        }
        return name;
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
                    String name = line.substring(0, equals).strip();
                    String value = line.substring(equals + 1).strip();
                    if (!LABEL_NAME.matcher(name).matches()
                            || !LABEL_VALUE.matcher(value).matches()) {
                        throw wrong("objectLabels", line + " is not a Kubernetes label");
                    }
                    labels.put(name, value);
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
