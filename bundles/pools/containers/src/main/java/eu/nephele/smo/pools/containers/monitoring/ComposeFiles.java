// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.monitoring;

import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.MonitoringSettings.GrafanaEntry;
import eu.nephele.smo.pools.containers.file.MonitoringSettings.PrometheusEntry;
import eu.nephele.smo.pools.containers.file.TextOrSecret.SecretReference;

/**
 * Programs of the control server and of the others, for {@code docker compose}. They have the network of the machine: HAProxy listens
 * at the ports of the services.
 */
final class ComposeFiles {

    private static final String PROMETHEUS_IMAGE = "docker.io/prom/prometheus:v2.53.1";
    private static final String GRAFANA_IMAGE = "docker.io/grafana/grafana:11.1.0";
    private static final String CADVISOR_IMAGE = "gcr.io/cadvisor/cadvisor:v0.49.1";

    private final ContainersFile file;
    private final MonitoringOptions options;

    ComposeFiles(ContainersFile file, MonitoringOptions options) {
        this.file = file;
        this.options = options;
    }

    /** Of the control server: HAProxy, SMO, cAdvisor, and of Prometheus and Grafana what is switched on. */
    String control() {
        StringBuilder text = new StringBuilder("""
                # Made of the file of containers by `smo containers monitoring`: make it anew when that changes.
                # Start it by `docker compose --env-file smo.env up -d`. smo.env has SMO_HOME, the installation of the SMO, SMO_DATA, its data
                # folder (both belong to the user 990), and the secrets. Without --env-file compose does not see what is in it.
                services:
                  haproxy:
                    build: .
                    image: localhost/smo-containers:1
                    user: "990:990"
                    network_mode: host
                    restart: unless-stopped
                    # the SMO writes the file with the first service
                    command: [sh, -c, "until [ -f /haproxy/haproxy.cfg ]; do sleep 1; done; exec haproxy -W -db -S /haproxy/master.sock -f /haproxy/haproxy.cfg"]
                    volumes: ["haproxy:/haproxy", "${SMO_DATA:?}:${SMO_DATA:?}:ro"]
                  smo:
                    build: .
                    image: localhost/smo-containers:1
                    user: "990:990"
                    network_mode: host
                    restart: unless-stopped
                    stop_grace_period: 90s
                    environment: {HOME: "${SMO_DATA:?}"}
                    env_file: [smo.env]
                    command: ["${SMO_HOME:?}/smo", server, --profile, containers, --port, "%d", --data, "${SMO_DATA:?}"]
                    volumes: ["${SMO_HOME:?}:${SMO_HOME:?}:ro", "${SMO_DATA:?}:${SMO_DATA:?}", "haproxy:/haproxy"]
                """.formatted(options.smoPort()));
        text.append(cadvisorService());
        PrometheusEntry prometheus = file.monitoring().prometheus();
        GrafanaEntry grafana = file.monitoring().grafana();
        if (prometheus.enabled()) {
            text.append("""
                      prometheus:
                        image: %s
                        network_mode: host
                        restart: unless-stopped
                        command: [--config.file=/etc/prometheus/prometheus.yml, --storage.tsdb.path=/prometheus, --storage.tsdb.retention.time=%s, "--web.listen-address=127.0.0.1:%d"]
                        volumes: ["./prometheus:/etc/prometheus:ro", "prometheus:/prometheus"]
                    """.formatted(PROMETHEUS_IMAGE, prometheus.retention(), prometheus.port()));
        }
        if (grafana.enabled()) {
            text.append("""
                      grafana:
                        image: %s
                        network_mode: host
                        restart: unless-stopped
                        environment:
                          GF_SERVER_HTTP_ADDR: 127.0.0.1
                          GF_SERVER_HTTP_PORT: "%d"
                          GF_SECURITY_ADMIN_PASSWORD: "${%s:?}"
                        volumes: ["./grafana/provisioning:/etc/grafana/provisioning:ro", "./grafana/dashboards:/dashboards:ro", "grafana:/var/lib/grafana"]
                    """.formatted(GRAFANA_IMAGE, grafana.port(), passwordVariable(grafana)));
        }
        text.append("volumes:\n  haproxy: {}\n");
        if (prometheus.enabled()) {
            text.append("  prometheus: {}\n");
        }
        if (grafana.enabled()) {
            text.append("  grafana: {}\n");
        }
        return text.toString();
    }

    /** Of each other server. */
    String server() {
        return "# For each server that runs containers: `docker compose -f server.compose.yaml up -d`.\nservices:\n"
                + cadvisorService();
    }

    /** The image of HAProxy and the SMO: the SMO runs the program of HAProxy to check what it writes. A service may have port 80. */
    String image() {
        return """
                FROM docker.io/library/debian:12.8-slim
                RUN apt-get update \\
                 && apt-get install -y --no-install-recommends openjdk-17-jre-headless haproxy libcap2-bin \\
                 && rm -rf /var/lib/apt/lists/* \\
                 && setcap cap_net_bind_service=+ep /usr/sbin/haproxy \\
                 && groupadd --gid 990 smo && useradd --uid 990 --gid 990 --no-create-home smo \\
                 && install -d -o smo -g smo /haproxy
                """;
    }

    private String cadvisorService() {
        return """
                  cadvisor:
                    image: %s
                    restart: unless-stopped
                    privileged: true
                    ports: ["%d:8080"]
                    volumes: ["/:/rootfs:ro", "/var/run:/var/run:ro", "/sys:/sys:ro", "/var/lib/docker:/var/lib/docker:ro", "/dev/disk:/dev/disk:ro"]
                """.formatted(CADVISOR_IMAGE, options.cadvisorPort());
    }

    /** A password in clear is not copied. */
    private static String passwordVariable(GrafanaEntry grafana) {
        return grafana.adminPassword() instanceof SecretReference secret
                ? secret.reference().substring(secret.reference().indexOf(':') + 1)
                : "GRAFANA_PASSWORD";
    }
}
