// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.translation;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.pools.containers.file.AutoscalerSettings;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.hours.ClockTime;
import eu.nephele.smo.pools.containers.hours.Holiday;
import eu.nephele.smo.pools.containers.hours.OpeningWindow;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * How a service is scaled: by thresholds of CPU or the strategy of its own, over that to zero when it is idle, over that within business
 * hours only.
 */
final class ScalingSelection {

    /** Steps of one replica at thresholds of CPU. */
    static final String THRESHOLDS = "cpu-threshold";

    private static final String IDLE = "idle";
    private static final String SCHEDULED = "scheduled";

    /** What container engines show as 100 per cent, whatever a replica asks for. */
    private static final int FULL_CORES = 1;

    private ScalingSelection() {}

    /** The least replicas at any time. */
    static int least(ServiceEntry service) {
        int open = service.replicas().min();
        return service.hours().only() ? service.hours().replicasWhenClosed().orElse(open) : open;
    }

    static JsonBuilder in(AutoscalerSettings autoscaler, ServiceEntry service) {
        JsonBuilder base = service.strategies()
                .scaling()
                .map(choice -> new JsonBuilder().with("id", choice.id()).with("parameters", choice.parameters()))
                .orElseGet(() -> new JsonBuilder().with("id", THRESHOLDS).with("parameters", thresholds(service)));
        JsonBuilder idle = service.idleAfter()
                .map(after -> wrapper(IDLE, new JsonBuilder().with("idleAfter", after.toString()), base))
                .orElse(base);
        JsonBuilder bounded = service.hours().only() ? wrapper(SCHEDULED, schedule(service), idle) : idle;
        return bounded.withSeconds("intervalSeconds", autoscaler.checkInterval());
    }

    private static JsonBuilder wrapper(String id, JsonBuilder parameters, JsonBuilder base) {
        return new JsonBuilder().with("id", id).with("parameters", parameters.with("base", base));
    }

    private static JsonBuilder thresholds(ServiceEntry service) {
        return new JsonBuilder()
                .with("up", service.cpu().up())
                .with("down", service.cpu().down())
                .withSeconds("cooldownSeconds", service.cpu().cooldown())
                .with("fullCores", FULL_CORES);
    }

    /** Outside the replicas stay, or go to the least ones; the minimum of the service comes back when it warms up. */
    private static JsonBuilder schedule(ServiceEntry service) {
        List<OpeningWindow> open = service.hours().open().windows();
        List<? extends JsonValue> windows = open.stream()
                .map(window -> new JsonBuilder()
                        .with("name", "business hours")
                        .with("businessHours", hours(window))
                        .with("zone", window.zone().getId())
                        .with("minReplicas", service.replicas().min())
                        .object())
                .toList();
        Duration warmUp = open.stream()
                .map(OpeningWindow::warmUp)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        List<String> holidays =
                open.get(0).holidays().stream().map(Holiday::toString).toList();
        return new JsonBuilder()
                .with("windows", windows)
                .with("warmUp", warmUp.toString())
                .with("outside", service.hours().replicasWhenClosed().isPresent() ? "minimum" : "keep")
                .with("holidays", JsonArray.ofStrings(holidays));
    }

    private static JsonBuilder hours(OpeningWindow window) {
        List<String> days = new TreeSet<>(window.days())
                .stream()
                        .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                        .toList();
        return new JsonBuilder()
                .with("days", JsonArray.ofStrings(days))
                .with("from", ClockTime.text(window.start()))
                .with("to", ClockTime.text(window.end()));
    }
}
