// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.monitoring;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The files of the monitoring of a pool. */
public final class MonitoringFiles {

    private static final String DASHBOARD = "containers-dashboard.json";

    private final ContainersFile file;
    private final MonitoringOptions options;

    /** @throws SmoException {@code INVALID} when two programs of a server would have one port */
    public MonitoringFiles(ContainersFile file, MonitoringOptions options) {
        this.file = file;
        this.options = options;
        Map<Integer, String> ports = new LinkedHashMap<>();
        add(ports, options.smoPort(), "the SMO");
        options.pathPort().ifPresent(port -> add(ports, port, "the interface of the original"));
        add(ports, options.cadvisorPort(), "cAdvisor");
        add(ports, file.balancer().statsPort(), "load_balancer.stats_port");
        for (ServiceEntry service : file.services()) {
            add(ports, service.port(), "the service " + service.name());
        }
        if (file.monitoring().prometheus().enabled()) {
            add(ports, file.monitoring().prometheus().port(), "monitoring.prometheus.port");
        }
        if (file.monitoring().grafana().enabled()) {
            add(ports, file.monitoring().grafana().port(), "monitoring.grafana.port");
        }
    }

    private static void add(Map<Integer, String> ports, int port, String owner) {
        String other = ports.putIfAbsent(port, owner);
        if (other != null) {
            throw SmoException.invalid("Port %d is that of %s and of %s".formatted(port, other, owner), List.of());
        }
    }

    /** Text by relative path, in the order in which people read them. */
    public Map<String, String> all() {
        Map<String, String> files = new LinkedHashMap<>();
        ComposeFiles compose = new ComposeFiles(file, options);
        files.put("compose.yaml", compose.control());
        files.put("server.compose.yaml", compose.server());
        files.put("Dockerfile", compose.image());
        files.put("haproxy/eu.nephele.smo.adapters.haproxy~main.cfg", balancer());
        if (file.monitoring().prometheus().enabled()) {
            files.put("prometheus/prometheus.yml", new ScrapeConfiguration(file, options).text());
        }
        if (file.monitoring().grafana().enabled()) {
            files.put("grafana/provisioning/datasources/smo.yml", """
                    apiVersion: 1
                    datasources:
                      - {name: Prometheus, uid: prometheus, type: prometheus, access: proxy, url: "http://127.0.0.1:%d", isDefault: true}
                    """.formatted(
                            file.monitoring().prometheus().port()));
            files.put("grafana/provisioning/dashboards/smo.yml", """
                    apiVersion: 1
                    providers:
                      - {name: SMO, type: file, disableDeletion: true, options: {path: /dashboards}}
                    """);
            files.put("grafana/dashboards/smo-containers.json", dashboard());
        }
        return files;
    }

    /** The configuration of the adapter, as the compose file has the sockets. */
    private String balancer() {
        StringBuilder text = new StringBuilder("""
                smo.system=haproxy
                runtimeSocket=/haproxy/smo.sock
                masterSocket=/haproxy/master.sock
                configurationFile=/haproxy/haproxy.cfg
                statisticsPort=%d
                """.formatted(file.balancer().statsPort()));
        if (file.balancer().httpsEnabled()) {
            file.balancer().certPath().ifPresent(path -> text.append("certificate=%s%n".formatted(path)));
        }
        return text.toString();
    }

    private static String dashboard() {
        try (InputStream in = MonitoringFiles.class.getResourceAsStream(DASHBOARD)) {
            return new String(Objects.requireNonNull(in, DASHBOARD).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
