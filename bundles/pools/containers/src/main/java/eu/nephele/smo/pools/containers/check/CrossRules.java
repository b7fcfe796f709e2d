// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.check;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.pools.containers.source.SourceTree;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;

/** Rules over several keys. They run after the schema, on documents with errors too; what is of the wrong type is left to it. */
public final class CrossRules {

    private static final int STATS_PORT = 8404;
    private static final int PROMETHEUS_PORT = 9090;
    private static final int GRAFANA_PORT = 3000;

    private static final Map<String, String> BALANCER_PROPERTIES =
            Map.of("stats_port", "statisticsPort", "https_enabled", "certificate", "cert_path", "certificate");

    private final JsonNode document;
    private final FileFindings findings;

    /** @param document whose variables have their values */
    public CrossRules(JsonNode document, FileFindings findings) {
        this.document = document;
        this.findings = findings;
    }

    /** Checks all of them. */
    public void check() {
        JsonNode balancer = document.path("load_balancer");
        if (balancer.path("https_enabled").asBoolean(false) && !balancer.has("cert_path")) {
            findings.error("/load_balancer/https_enabled", "needs cert_path");
        }
        checkUnused();
        HoursRules hours = new HoursRules(document, findings);
        hours.checkAutoscaler();
        checkServers(hours);
        checkPorts();
        EnvironmentRules environment = new EnvironmentRules(findings);
        eachService((place, service) -> {
            checkReplicas(place, service);
            checkThresholds(place, service);
            checkIdle(place, service);
            hours.checkService(place, service);
            environment.check(place, service);
        });
        environment.checkPassword(document.path("monitoring").path("grafana").path("admin_password"));
    }

    /** Keys of the original that nothing here acts on, or only with a property beside them. */
    private void checkUnused() {
        JsonNode balancer = document.path("load_balancer");
        BALANCER_PROPERTIES.forEach((key, property) -> {
            if (balancer.has(key)) {
                findings.warning(
                        "/load_balancer/" + key,
                        "HAProxy is configured in one place only: set %s of eu.nephele.smo.adapters.haproxy to the same; `smo containers monitoring` writes it"
                                .formatted(property));
            }
        });
        if (document.at("/autoscaler/log_level").isValueNode()) {
            findings.warning(
                    "/autoscaler/log_level",
                    "nothing acts on it: levels of the whole server are in DATA/etc/logback.xml");
        }
        String backups = document.at("/autoscaler/backup/path").asText("");
        if (!backups.isEmpty() && (!(backups + "/").startsWith("backups/") || backups.contains(".."))) {
            findings.warning(
                    "/autoscaler/backup/path",
                    "is not below `backups` of the data folder: the server needs it in `backupFolders` of eu.nephele.smo.pools.containers");
        }
    }

    private void eachService(BiConsumer<String, JsonNode> check) {
        document.path("services")
                .properties()
                .forEach(service -> check.accept(SourceTree.member("/services", service.getKey()), service.getValue()));
    }

    private void checkServers(HoursRules hours) {
        Map<String, String> names = new HashMap<>();
        Map<String, String> hosts = new HashMap<>();
        Map<String, String> endpoints = new HashMap<>();
        JsonNode servers = document.path("servers");
        for (int i = 0; i < servers.size(); i++) {
            String place = "/servers/" + i;
            checkUnique(names, servers.get(i).path("name"), place + "/name");
            checkHost(servers.get(i).path("host"), place + "/host");
            checkUnique(hosts, servers.get(i).path("host"), place + "/host");
            checkUnique(endpoints, servers.get(i).path("endpoint"), place + "/endpoint");
            checkAccess(place, servers.get(i));
            hours.checkServer(place, servers.get(i));
        }
    }

    /** Probes and members of the balancer have it in addresses; the schema does not count the groups of one of IPv6. */
    private void checkHost(JsonNode host, String pointer) {
        if (host.isTextual() && host.textValue().contains(":") && findings.isClean(pointer)) {
            try {
                new URI("http://[" + host.textValue() + "]:1/").parseServerAuthority();
            } catch (URISyntaxException none) {
                findings.error(pointer, "an address of IPv6, like 2001:db8::1, is expected");
            }
        }
    }

    private void checkAccess(String place, JsonNode server) {
        if (!server.isObject()) {
            return;
        }
        if (server.has("endpoint")) {
            List.of("ssh_user", "ssh_key", "ssh_port").stream()
                    .filter(server::has)
                    .forEach(key -> findings.error(
                            place + "/" + key, "not beside endpoint, which says how the engine is reached"));
        } else {
            List.of("ssh_user", "ssh_key").stream()
                    .filter(key -> !server.has(key))
                    .forEach(key -> findings.missing(place, key));
        }
    }

    private void checkUnique(Map<String, String> seen, JsonNode value, String pointer) {
        if (!value.isMissingNode() && !value.isContainerNode()) {
            String first = seen.putIfAbsent(value.asText().toLowerCase(Locale.ROOT), pointer);
            if (first != null) {
                findings.error(pointer, "is unique; %s has it already".formatted(first));
            }
        }
    }

    /** The balancer listens for each service; it runs beside the monitoring, which may be elsewhere. */
    private void checkPorts() {
        Map<String, String> ports = new HashMap<>();
        JsonNode stats = document.path("load_balancer").path("stats_port");
        ports.put(stats.isMissingNode() ? Integer.toString(STATS_PORT) : stats.asText(), "/load_balancer/stats_port");
        eachService((place, service) -> checkUnique(ports, service.path("port"), place + "/port"));
        JsonNode monitoring = document.path("monitoring");
        checkMonitoring(ports, monitoring.path("prometheus"), "/monitoring/prometheus", PROMETHEUS_PORT);
        checkMonitoring(ports, monitoring.path("grafana"), "/monitoring/grafana", GRAFANA_PORT);
    }

    private void checkMonitoring(Map<String, String> ports, JsonNode program, String place, int usual) {
        String first = ports.get(Integer.toString(program.path("port").asInt(usual)));
        if (first != null && program.path("enabled").asBoolean(true)) {
            findings.warning(
                    place + "/port",
                    "%s has port %d; both cannot be on one server"
                            .formatted(first, program.path("port").asInt(usual)));
        }
    }

    private void checkReplicas(String place, JsonNode service) {
        double least = number(service, "min_replicas").orElse(0);
        OptionalDouble most = number(service, "max_replicas");
        if (most.isPresent() && least > most.getAsDouble()) {
            findings.error(place + "/max_replicas", "is at least min_replicas");
        }
        OptionalDouble closed = number(service, "replicas_at_window_end");
        if (closed.isPresent() && closed.getAsDouble() > least) {
            findings.error(place + "/replicas_at_window_end", "is at most min_replicas");
        }
        OptionalDouble perServer = number(service, "max_per_server");
        JsonNode servers = document.path("servers");
        long room = 0;
        for (int i = 0; i < servers.size(); i++) {
            double cap = number(servers.get(i), "max_containers").orElse(0);
            room += (long) Math.min(cap, perServer.orElse(cap));
            if (perServer.isPresent() && cap > 0 && perServer.getAsDouble() > cap) {
                findings.error(
                        place + "/max_per_server",
                        "is at most max_containers of each server; /servers/%d has %.0f".formatted(i, cap));
            }
        }
        if (most.isPresent() && room < most.getAsDouble() && findings.isUsable()) {
            findings.warning(place + "/max_replicas", "all servers together take %d of this service".formatted(room));
        }
    }

    private void checkThresholds(String place, JsonNode service) {
        OptionalDouble up = number(service, "scale_up_threshold");
        OptionalDouble down = number(service, "scale_down_threshold");
        boolean clean =
                findings.isClean(place + "/scale_up_threshold") && findings.isClean(place + "/scale_down_threshold");
        if (clean && up.isPresent() && down.isPresent() && down.getAsDouble() >= up.getAsDouble()) {
            findings.error(place + "/scale_down_threshold", "is less than scale_up_threshold");
        }
    }

    private void checkIdle(String place, JsonNode service) {
        boolean idles = service.path("scale_to_zero").asBoolean(false);
        if (idles && number(service, "min_replicas").orElse(0) > 0) {
            findings.error(place + "/scale_to_zero", "needs min_replicas 0");
        }
        if (!idles && service.has("idle_after")) {
            findings.warning(place + "/idle_after", "means nothing without scale_to_zero");
        }
    }

    private static OptionalDouble number(JsonNode object, String key) {
        JsonNode value = object.path(key);
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }
}
