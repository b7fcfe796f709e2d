// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.compare;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.pools.containers.compare.FileDiff.KeyChange;
import eu.nephele.smo.pools.containers.file.AutoscalerSettings;
import eu.nephele.smo.pools.containers.file.BalancerSettings;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.MonitoringSettings;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.file.ServerEntry.SshAccess;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.file.ServiceEntry.ProbeRule;
import eu.nephele.smo.pools.containers.file.ServiceEntry.StrategyChoice;
import eu.nephele.smo.pools.containers.hours.ClockTime;
import eu.nephele.smo.pools.containers.hours.OpeningHours;
import eu.nephele.smo.pools.containers.hours.OpeningWindow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The values of entries by the keys of the file. All of them are here, or the change of one would go unnamed. */
final class FileKeys {

    private FileKeys() {}

    static List<KeyChange> changes(ServerEntry before, ServerEntry after) {
        return changes(keys(before), keys(after));
    }

    static List<KeyChange> changes(ServiceEntry before, ServiceEntry after) {
        return changes(keys(before), keys(after));
    }

    static List<KeyChange> changes(ContainersFile before, ContainersFile after) {
        return changes(settings(before), settings(after));
    }

    private static List<KeyChange> changes(Map<String, Object> before, Map<String, Object> after) {
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .filter(key -> !before.getOrDefault(key, "").equals(after.getOrDefault(key, "")))
                .map(key -> new KeyChange(key, text(before.getOrDefault(key, "")), text(after.getOrDefault(key, ""))))
                .toList();
    }

    private static Map<String, Object> keys(ServerEntry server) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("host", server.host());
        keys.put("ssh_user", server.ssh().map(SshAccess::user).orElse(""));
        keys.put("ssh_key", server.ssh().map(SshAccess::keyPath).orElse(""));
        keys.put("ssh_port", server.ssh().map(SshAccess::port).orElse(0));
        keys.put("endpoint", server.engine().endpoint().orElse(""));
        keys.put("network", server.engine().network().orElse(""));
        keys.put("max_containers", server.maxContainers());
        keys.put("role", server.control() ? "control" : "worker");
        keys.put("business_hours", server.hours());
        return keys;
    }

    private static Map<String, Object> keys(ServiceEntry service) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("image", service.image());
        keys.put("port", service.port());
        keys.put("min_replicas", service.replicas().min());
        keys.put("max_replicas", service.replicas().max());
        keys.put("max_per_server", service.replicas().maxPerServer());
        keys.put("scale_up_threshold", service.cpu().up());
        keys.put("scale_down_threshold", service.cpu().down());
        keys.put("cooldown_period", service.cpu().cooldown());
        keys.put("business_hours_only", service.hours().only());
        keys.put("business_hours", service.hours().open());
        keys.put("replicas_at_window_end", service.hours().replicasWhenClosed());
        putProbe(keys, service.health());
        keys.put("volumes", service.container().volumes());
        service.container().environment().forEach((name, value) -> keys.put("environment." + name, value));
        keys.put("scaling", service.strategies().scaling());
        keys.put("placement", service.strategies().placement());
        keys.put("update.batch_size", service.update().batchSize());
        keys.put("update.max_unavailable", service.update().maxUnavailable());
        keys.put("scale_to_zero", service.idleAfter().isPresent());
        keys.put("idle_after", service.idleAfter());
        service.unknown().members().forEach((key, value) -> keys.put(key, value));
        return keys;
    }

    private static void putProbe(Map<String, Object> keys, ProbeRule health) {
        keys.put("health_check.path", health.path());
        keys.put("health_check.port", health.port());
        keys.put("health_check.interval", health.interval());
        keys.put("health_check.timeout", health.timeout());
        keys.put("health_check.rise", health.rise());
        keys.put("health_check.fall", health.fall());
        keys.put("health_check.grace", health.grace());
    }

    private static Map<String, Object> settings(ContainersFile file) {
        BalancerSettings balancer = file.balancer();
        MonitoringSettings monitoring = file.monitoring();
        AutoscalerSettings autoscaler = file.autoscaler();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("load_balancer.stats_port", balancer.statsPort());
        keys.put("load_balancer.https_enabled", balancer.httpsEnabled());
        keys.put("load_balancer.cert_path", balancer.certPath());
        keys.put("monitoring.prometheus.enabled", monitoring.prometheus().enabled());
        keys.put("monitoring.prometheus.port", monitoring.prometheus().port());
        keys.put("monitoring.prometheus.retention", monitoring.prometheus().retention());
        keys.put("monitoring.grafana.enabled", monitoring.grafana().enabled());
        keys.put("monitoring.grafana.port", monitoring.grafana().port());
        keys.put("monitoring.grafana.admin_password", monitoring.grafana().adminPassword());
        keys.put("autoscaler.check_interval", autoscaler.checkInterval());
        keys.put("autoscaler.business_hours", new OpeningHours(List.of(autoscaler.hours())));
        keys.put("autoscaler.log_level", autoscaler.logLevel());
        keys.put("autoscaler.backup.enabled", autoscaler.backup().enabled());
        keys.put("autoscaler.backup.path", autoscaler.backup().path());
        keys.put("autoscaler.backup.retention_days", autoscaler.backup().retentionDays());
        return keys;
    }

    /** Unknown keys are not shown either: nobody knows whether they are secret. */
    private static String text(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(FileKeys::text).orElse("");
        } else if (value instanceof OptionalInt number) {
            return number.isPresent() ? Integer.toString(number.getAsInt()) : "";
        } else if (value instanceof Duration time) {
            return time.toSeconds() + " s";
        } else if (value instanceof StrategyChoice choice) {
            return choice.id() + choice.parameters().toJson();
        } else if (value instanceof OpeningHours hours) {
            return hours.windows().isEmpty()
                    ? "always"
                    : hours.windows().stream().map(FileKeys::text).collect(Collectors.joining(", "));
        }
        return value instanceof JsonValue ? "(kept)" : String.valueOf(value);
    }

    private static String text(OpeningWindow window) {
        String text = "%s-%s %s".formatted(ClockTime.text(window.start()), ClockTime.text(window.end()), window.zone());
        String days = window.days().size() == 7 ? "" : " " + new TreeSet<>(window.days());
        String holidays = window.holidays().isEmpty() ? "" : " without " + window.holidays();
        String warmUp = window.warmUp().isZero() ? "" : " after " + window.warmUp();
        return text + days + holidays + warmUp;
    }
}
