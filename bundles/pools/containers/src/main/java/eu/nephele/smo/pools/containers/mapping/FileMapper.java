// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.pools.containers.file.AutoscalerSettings;
import eu.nephele.smo.pools.containers.file.AutoscalerSettings.BackupSettings;
import eu.nephele.smo.pools.containers.file.BalancerSettings;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.MonitoringSettings;
import eu.nephele.smo.pools.containers.file.MonitoringSettings.GrafanaEntry;
import eu.nephele.smo.pools.containers.file.MonitoringSettings.PrometheusEntry;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.file.ServerEntry.EngineChoice;
import eu.nephele.smo.pools.containers.file.ServerEntry.SshAccess;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.file.TextOrSecret;
import eu.nephele.smo.pools.containers.hours.OpeningHours;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the model of a document; what the document does not say has the default of the schema. */
public final class FileMapper {

    private final JsonNode document;
    private final HoursMapper hours;

    /** @param document without errors, whose variables have their values */
    public FileMapper(JsonNode document) {
        this.document = document;
        this.hours = new HoursMapper(document.path("autoscaler").path("business_hours"));
    }

    /** The model. */
    public ContainersFile file() {
        ServiceMapper mapper = new ServiceMapper(hours);
        List<ServerEntry> servers = new ArrayList<>();
        document.path("servers").forEach(server -> servers.add(server(server)));
        List<ServiceEntry> services = new ArrayList<>();
        document.path("services")
                .properties()
                .forEach(service -> services.add(mapper.service(service.getKey(), service.getValue())));
        return new ContainersFile(
                balancer(document.path("load_balancer")),
                servers,
                services,
                monitoring(document.path("monitoring")),
                autoscaler(document.path("autoscaler")));
    }

    private static BalancerSettings balancer(JsonNode balancer) {
        return new BalancerSettings(
                balancer.path("stats_port").asInt(8404),
                balancer.path("https_enabled").asBoolean(false),
                Optional.ofNullable(balancer.path("cert_path").textValue()));
    }

    private ServerEntry server(JsonNode server) {
        return new ServerEntry(
                server.path("name").textValue(),
                server.path("host").textValue(),
                Optional.ofNullable(server.path("ssh_user").textValue())
                        .map(user -> new SshAccess(
                                user,
                                server.path("ssh_key").textValue(),
                                server.path("ssh_port").asInt(22))),
                new EngineChoice(
                        Optional.ofNullable(server.path("endpoint").textValue()),
                        Optional.ofNullable(server.path("network").textValue())),
                server.path("max_containers").intValue(),
                server.path("role").asText("worker").equals("control"),
                server.has("business_hours") ? hours.hours(server.path("business_hours")) : OpeningHours.ALWAYS);
    }

    private static MonitoringSettings monitoring(JsonNode monitoring) {
        JsonNode prometheus = monitoring.path("prometheus");
        JsonNode grafana = monitoring.path("grafana");
        String password = grafana.path("admin_password").asText("${GRAFANA_PASSWORD}");
        return new MonitoringSettings(
                new PrometheusEntry(
                        prometheus.path("enabled").asBoolean(true),
                        prometheus.path("port").asInt(9090),
                        prometheus.path("retention").asText("7d")),
                new GrafanaEntry(
                        grafana.path("enabled").asBoolean(true),
                        grafana.path("port").asInt(3000),
                        TextOrSecret.parse(password).orElseThrow()));
    }

    private AutoscalerSettings autoscaler(JsonNode autoscaler) {
        JsonNode backup = autoscaler.path("backup");
        return new AutoscalerSettings(
                Duration.ofSeconds(autoscaler.path("check_interval").asInt(30)),
                hours.usual(),
                autoscaler.path("log_level").asText("INFO"),
                new BackupSettings(
                        backup.path("enabled").asBoolean(true),
                        backup.path("path").asText("backups/containers"),
                        backup.path("retention_days").asInt(7)));
    }
}
