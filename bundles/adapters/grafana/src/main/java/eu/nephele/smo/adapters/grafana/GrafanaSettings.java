// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A failure names the invalid value, and the server runs without dashboards. No slash ends the public URL. */
record GrafanaSettings(
        HttpSettings http,
        String publicUrl,
        DashboardOwnership dashboardOwnership,
        DashboardFactory.DashboardState look,
        MetricLabels labels,
        RateWindows windows) {

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final int MAX_OWNER = 40;
    private static final int MAX_DATASOURCE = 40;
    private static final int KIB = 1024;

    static GrafanaSettings from(GrafanaConfig config) {
        return new GrafanaSettings(
                http(config),
                publicUrl(config),
                new DashboardOwnership(text("owner", config.owner(), MAX_OWNER)),
                new DashboardFactory.DashboardState(
                        text("datasourceUid", config.datasourceUid(), MAX_DATASOURCE),
                        refresh(config.refreshSeconds()),
                        text("clustersFolder", config.clustersFolder(), Integer.MAX_VALUE)),
                labels(config),
                windows(config));
    }

    private static HttpSettings http(GrafanaConfig config) {
        return new HttpSettings(
                GrafanaApi.SYSTEM,
                config.url(),
                Duration.ofMillis(config.connectTimeoutMillis()),
                Duration.ofMillis(config.timeoutMillis()),
                bytes(config.maxAnswerKiB()),
                given(config.proxy()),
                given(config.caFile()),
                Credentials.of(config.token(), config.username(), config.password()));
    }

    private static String publicUrl(GrafanaConfig config) {
        String key = config.publicUrl().isBlank() ? "url" : "publicUrl";
        String text = config.publicUrl().isBlank() ? config.url() : config.publicUrl();
        try {
            URI url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            if (!web || url.getHost() == null || !plain) {
                throw wrong(key, "is not http://HOST:PORT or https://HOST:PORT with or without a path");
            }
        } catch (URISyntaxException e) {
            throw wrong(key, "is not an address (%s)".formatted(e.getReason()));
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static MetricLabels labels(GrafanaConfig config) {
        return new MetricLabels(
                config.namespaceLabel().isBlank() ? "" : label("namespaceLabel", config.namespaceLabel()),
                label("podLabel", config.podLabel()),
                label("containerLabel", config.containerLabel()),
                label("deploymentLabel", config.deploymentLabel()),
                label("statefulSetLabel", config.statefulSetLabel()),
                labels("memoryGroupLabels", config.memoryGroupLabels()),
                labels("cpuGroupLabels", config.cpuGroupLabels()),
                label("clusterLabel", config.clusterLabel()),
                label("instanceLabel", config.instanceLabel()));
    }

    private static RateWindows windows(GrafanaConfig config) {
        return new RateWindows(
                window("serviceCpuWindowSeconds", config.serviceCpuWindowSeconds()),
                window("throttlingWindowSeconds", config.throttlingWindowSeconds()),
                window("clusterCpuWindowSeconds", config.clusterCpuWindowSeconds()),
                window("clusterBusyWindowSeconds", config.clusterBusyWindowSeconds()),
                window("diskWindowSeconds", config.diskWindowSeconds()),
                window("networkWindowSeconds", config.networkWindowSeconds()));
    }

    private static Optional<String> given(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    private static String text(String key, String text, int longest) {
        if (text.isBlank() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw wrong(key, "is empty, has more than %d characters or control characters".formatted(longest));
        }
        return text;
    }

    private static int bytes(int kib) {
        if (kib <= 0 || kib > Integer.MAX_VALUE / KIB) {
            throw wrong("maxAnswerKiB", "is not from 1 to " + Integer.MAX_VALUE / KIB);
        }
        return kib * KIB;
    }

    private static int refresh(int seconds) {
        if (seconds < 0) {
            throw wrong("refreshSeconds", "is less than 0");
        }
        return seconds;
    }

    private static String window(String key, int seconds) {
        if (seconds <= 0) {
            throw wrong(key, "is not more than 0");
        }
        return RateWindows.render(seconds);
    }

    private static List<String> labels(String key, String[] names) {
        return Arrays.stream(names)
                .flatMap(name -> Arrays.stream(name.split(",", -1)))
                .map(name -> label(key, name.strip()))
                .toList();
    }

    private static String label(String key, String name) {
        if (!LABEL.matcher(name).matches()) {
            throw wrong(key, "'%s' is not the name of a Prometheus label".formatted(name));
        }
        return name;
    }

    private static IllegalArgumentException wrong(String key, String what) {
        return new IllegalArgumentException("%s in the configuration of Grafana: %s".formatted(key, what));
    }
}
