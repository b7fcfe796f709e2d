// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.monitoring;

import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;

/** What Prometheus asks, and how: the SMO, its interface of containers, HAProxy, cAdvisor of each server. */
final class ScrapeConfiguration {

    private final ContainersFile file;
    private final MonitoringOptions options;

    ScrapeConfiguration(ContainersFile file, MonitoringOptions options) {
        this.file = file;
        this.options = options;
    }

    String text() {
        StringBuilder text = new StringBuilder("""
                # Made of the file of containers by `smo containers monitoring`: make it anew when that changes.
                global:
                  scrape_interval: 15s
                  evaluation_interval: 15s
                scrape_configs:
                """);
        job(text, "smo", "/metrics", true, options.smoPort());
        job(text, "smo-containers", "/containers/metrics", true, options.smoPort());
        job(text, "haproxy", "/metrics", false, file.balancer().statsPort());
        text.append("  - job_name: cadvisor\n    static_configs:\n");
        for (ServerEntry server : file.servers()) {
            text.append("      - targets: [%s]%n        labels: {server: %s}%n"
                    .formatted(target(server.host(), options.cadvisorPort()), quoted(server.name())));
        }
        return text.toString();
    }

    private void job(StringBuilder text, String name, String path, boolean login, int port) {
        text.append("  - job_name: %s%n    metrics_path: %s%n".formatted(name, path));
        if (login) {
            options.tokenFile()
                    .ifPresent(token ->
                            text.append("    authorization: {credentials_file: %s}%n".formatted(quoted(token))));
        }
        text.append("    static_configs:%n      - targets: [%s]%n".formatted(target(options.smoHost(), port)));
    }

    private static String target(String host, int port) {
        return quoted((host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** A text of JSON is one of YAML. */
    private static String quoted(String text) {
        return new JsonString(text).toJson();
    }
}
