// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.EngineSummary;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.pools.containers.check.FileFinding;
import eu.nephele.smo.pools.containers.compare.FileDiff;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.file.ServerEntry.SshAccess;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Answers in the fields of the original. */
final class ContainersJson {

    private static final int CPU_DECIMALS = 2;
    private static final String RUNNING = "running";

    private ContainersJson() {}

    /** What is decided about the scaling of a service at this moment. */
    record ScalingState(Duration cooldown, boolean businessHours, boolean enabled) {}

    static JsonObject bounds(ServiceEntry service, List<WorkloadContainer> containers) {
        return JsonObject.EMPTY
                .with("container_count", JsonNumber.of(count(containers)))
                .with("min_replicas", JsonNumber.of(service.replicas().min()))
                .with("max_replicas", JsonNumber.of(service.replicas().max()))
                .with("scale_up_threshold", number(service.cpu().up()))
                .with("scale_down_threshold", number(service.cpu().down()));
    }

    static JsonObject statistics(ServiceEntry service, List<WorkloadContainer> containers, ScalingState state) {
        return JsonObject.EMPTY
                .with("service_name", new JsonString(service.name()))
                .with("container_count", JsonNumber.of(count(containers)))
                .with("avg_cpu", rounded(meanCpu(containers)))
                .with(
                        "containers",
                        new JsonArray(containers.stream()
                                .map(container -> (JsonValue) container(container))
                                .toList()))
                .with("min_replicas", JsonNumber.of(service.replicas().min()))
                .with("max_replicas", JsonNumber.of(service.replicas().max()))
                .with("scale_up_threshold", number(service.cpu().up()))
                .with("scale_down_threshold", number(service.cpu().down()))
                .with("cooldown_remaining", JsonNumber.of(state.cooldown().toSeconds()))
                .with("is_business_hours", new JsonBoolean(state.businessHours()))
                .with("scaling_enabled", new JsonBoolean(state.enabled()));
    }

    /** Those that run, starting ones too; spares do not. */
    static int count(List<WorkloadContainer> containers) {
        return (int) containers.stream().filter(ContainersJson::isRunning).count();
    }

    static boolean isRunning(WorkloadContainer container) {
        return container.state().equals(RUNNING);
    }

    /** Over the containers that have a measurement; 0 without any, as in the original. */
    static double meanCpu(List<WorkloadContainer> containers) {
        return containers.stream()
                .map(WorkloadContainer::cpuPercent)
                .flatMapToDouble(OptionalDouble::stream)
                .average()
                .orElse(0);
    }

    private static JsonObject container(WorkloadContainer container) {
        JsonObject shown = JsonObject.EMPTY
                .with("id", new JsonString(container.id()))
                .with("status", new JsonString(container.state()))
                .with("names", JsonArray.ofStrings(List.of("/" + container.name())))
                .with("ports", new JsonArray(ports(container.ports())))
                .with("created", JsonNumber.of(container.createdAt().getEpochSecond()))
                .with("cpu_percent", rounded(container.cpuPercent().orElse(0)))
                .with("server", new JsonString(container.server().name()))
                .with("health", new JsonString(container.health().name().toLowerCase(Locale.ROOT)))
                .with("image", new JsonString(container.image()))
                .with("image_digest", new JsonString(container.imageDigest()));
        return container
                .lastExit()
                .map(exit -> shown.with(
                        "last_exit",
                        JsonObject.EMPTY
                                .with("code", JsonNumber.of(exit.code()))
                                .with("told", new JsonString(exit.told()))))
                .orElse(shown);
    }

    private static List<JsonValue> ports(Map<Integer, Integer> ports) {
        return ports.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(port -> (JsonValue) JsonObject.EMPTY
                        .with("PrivatePort", JsonNumber.of(port.getKey()))
                        .with("PublicPort", JsonNumber.of(port.getValue()))
                        .with("Type", new JsonString("tcp")))
                .toList();
    }

    static JsonObject server(ServerEntry server, Optional<EngineSummary> engine) {
        Optional<String> failure = engine.isEmpty()
                ? Optional.of("nothing is known of it yet")
                : engine.get().failure();
        JsonObject shown = JsonObject.EMPTY
                .with("host", new JsonString(server.host()))
                .with("name", new JsonString(server.name()))
                .with(
                        "ssh_user",
                        new JsonString(server.ssh().map(SshAccess::user).orElse("")))
                .with(
                        "ssh_port",
                        JsonNumber.of(server.ssh().map(SshAccess::port).orElse(0)))
                .with("max_containers", JsonNumber.of(server.maxContainers()))
                .with(
                        "current_containers",
                        JsonNumber.of(engine.map(EngineSummary::containers).orElse(0)))
                .with("role", new JsonString(server.control() ? "control" : "worker"))
                .with("status", new JsonString(status(engine)));
        return failure.map(why -> shown.with("error", new JsonString(why))).orElseGet(() -> shown.with(
                        "docker_version", new JsonString(engine.get().version()))
                .with("storage_driver", new JsonString(engine.get().storageDriver()))
                .with("total_images", JsonNumber.of(engine.get().images())));
    }

    private static String status(Optional<EngineSummary> engine) {
        return engine.map(known -> known.failure().isPresent() ? "unhealthy" : "healthy")
                .orElse("error");
    }

    static JsonObject event(ScalingEvent event) {
        return JsonObject.EMPTY
                .with("service_name", new JsonString(event.service()))
                .with("action", new JsonString(event.action()))
                .with("from_count", JsonNumber.of(event.from()))
                .with("to_count", JsonNumber.of(event.to()))
                .with("reason", new JsonString(event.reason()))
                .with("timestamp", time(event.time()));
    }

    static JsonObject finding(FileFinding finding) {
        return JsonObject.EMPTY
                .with("pointer", new JsonString(finding.pointer()))
                .with("line", JsonNumber.of(finding.mark().line()))
                .with("column", JsonNumber.of(finding.mark().column()))
                .with("key", new JsonString(finding.key()))
                .with("rule", new JsonString(finding.rule()))
                .with("message", new JsonString(finding.message()));
    }

    static JsonObject diff(FileDiff diff) {
        return JsonObject.EMPTY
                .with("services", names(diff.services()))
                .with("servers", names(diff.servers()))
                .with(
                        "settings",
                        JsonArray.ofStrings(diff.settings().stream()
                                .map(FileDiff.KeyChange::key)
                                .toList()));
    }

    private static JsonObject names(FileDiff.NameDiff diff) {
        Map<String, JsonValue> changed = new LinkedHashMap<>();
        diff.changed()
                .forEach(entry -> changed.put(
                        entry.name(),
                        JsonArray.ofStrings(entry.changes().stream()
                                .map(change -> "%s: %s -> %s".formatted(change.key(), change.from(), change.to()))
                                .toList())));
        return JsonObject.EMPTY
                .with("added", JsonArray.ofStrings(diff.added()))
                .with("removed", JsonArray.ofStrings(diff.removed()))
                .with("changed", new JsonObject(changed));
    }

    static JsonString time(Instant time) {
        return new JsonString(time.toString());
    }

    static JsonNumber number(double value) {
        return new JsonNumber(
                new BigDecimal(BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()));
    }

    static JsonNumber rounded(double value) {
        return new JsonNumber(BigDecimal.valueOf(value).setScale(CPU_DECIMALS, RoundingMode.HALF_UP));
    }
}
