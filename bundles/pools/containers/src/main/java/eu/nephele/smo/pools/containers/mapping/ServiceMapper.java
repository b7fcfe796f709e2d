// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.pools.containers.check.UnknownKeys;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.file.ServiceEntry.ContainerSettings;
import eu.nephele.smo.pools.containers.file.ServiceEntry.CpuThresholds;
import eu.nephele.smo.pools.containers.file.ServiceEntry.ProbeRule;
import eu.nephele.smo.pools.containers.file.ServiceEntry.ReplicaLimits;
import eu.nephele.smo.pools.containers.file.ServiceEntry.RollingUpdate;
import eu.nephele.smo.pools.containers.file.ServiceEntry.ScalingHours;
import eu.nephele.smo.pools.containers.file.ServiceEntry.StrategyChoice;
import eu.nephele.smo.pools.containers.file.ServiceEntry.StrategyChoices;
import eu.nephele.smo.pools.containers.file.TextOrSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

final class ServiceMapper {

    private final HoursMapper hours;

    ServiceMapper(HoursMapper hours) {
        this.hours = hours;
    }

    ServiceEntry service(String name, JsonNode service) {
        int port = service.path("port").intValue();
        JsonNode update = service.path("update");
        return new ServiceEntry(
                name,
                service.path("image").textValue(),
                port,
                new ReplicaLimits(
                        service.path("min_replicas").intValue(),
                        service.path("max_replicas").intValue(),
                        number(service, "max_per_server")),
                new CpuThresholds(
                        service.path("scale_up_threshold").doubleValue(),
                        service.path("scale_down_threshold").doubleValue(),
                        seconds(service, "cooldown_period", 0)),
                new ScalingHours(
                        service.path("business_hours_only").asBoolean(true),
                        hours.hours(service.path("business_hours")),
                        number(service, "replicas_at_window_end")),
                probe(service.path("health_check"), port),
                new ContainerSettings(texts(service.path("volumes")), environment(service.path("environment"))),
                new StrategyChoices(choice(service.path("scaling")), choice(service.path("placement"))),
                new RollingUpdate(
                        update.path("batch_size").asInt(1),
                        update.path("max_unavailable").asInt(0)),
                service.path("scale_to_zero").asBoolean(false)
                        ? Optional.of(seconds(service, "idle_after", 600))
                        : Optional.empty(),
                ApiJson.object(UnknownKeys.inService(service)));
    }

    private static ProbeRule probe(JsonNode health, int port) {
        return new ProbeRule(
                health.path("path").textValue(),
                health.path("port").asInt(port),
                seconds(health, "interval", 10),
                seconds(health, "timeout", 5),
                health.path("rise").asInt(2),
                health.path("fall").asInt(3),
                seconds(health, "grace", 30));
    }

    private static Map<String, TextOrSecret> environment(JsonNode written) {
        Map<String, TextOrSecret> environment = new LinkedHashMap<>();
        written.properties()
                .forEach(entry -> environment.put(
                        entry.getKey(),
                        TextOrSecret.parse(entry.getValue().asText()).orElseThrow()));
        if (written.isArray()) {
            for (String entry : texts(written)) {
                int equal = entry.indexOf('=');
                environment.put(
                        entry.substring(0, equal),
                        TextOrSecret.parse(entry.substring(equal + 1)).orElseThrow());
            }
        }
        return environment;
    }

    private static Optional<StrategyChoice> choice(JsonNode written) {
        return Optional.ofNullable(written.path("strategy").textValue())
                .map(id -> new StrategyChoice(id, ApiJson.object(written.path("parameters"))));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.textValue()));
        return texts;
    }

    private static Duration seconds(JsonNode object, String key, int otherwise) {
        return Duration.ofSeconds(object.path(key).asInt(otherwise));
    }

    private static OptionalInt number(JsonNode object, String key) {
        return object.path(key).isInt() || object.path(key).isLong()
                ? OptionalInt.of(object.path(key).intValue())
                : OptionalInt.empty();
    }
}
