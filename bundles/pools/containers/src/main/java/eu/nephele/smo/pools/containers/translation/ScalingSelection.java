// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.translation;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.pools.containers.file.AutoscalerSettings;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.hours.Holiday;
import eu.nephele.smo.pools.containers.hours.OpeningWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a service is scaled: by thresholds of CPU or the strategy of its own, over that to zero when it is idle, over that bounds by the
 * clock.
 */
final class ScalingSelection {

    /** Steps of one replica at thresholds of CPU. */
    static final String THRESHOLDS = "cpu-threshold";

    private static final String IDLE = "idle";
    private static final String SCHEDULED = "scheduled";

    private ScalingSelection() {}

    /** The least replicas at any time. */
    static int least(ServiceEntry service) {
        int open = service.replicas().min();
        return service.hours().only() ? Math.min(open, service.hours().replicasWhenClosed().orElse(open)) : open;
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
        JsonBuilder parameters = new JsonBuilder()
                .with("up", service.cpu().up())
                .with("down", service.cpu().down())
                .withSeconds("cooldownSeconds", service.cpu().cooldown());
        return service.hours().only()
                ? parameters.with(
                        "window",
                        service.hours().open().windows().stream()
                                .map(window -> hours(window).object())
                                .toList())
                : parameters;
    }

    /** In which nothing is held back. */
    private static JsonBuilder hours(OpeningWindow window) {
        JsonBuilder hours = WeekPlan.hours(window).with("zone", window.zone().getId());
        return window.holidays().isEmpty()
                ? hours
                : hours.with(
                        "holidays",
                        JsonArray.ofStrings(
                                window.holidays().stream().map(Holiday::toString).toList()));
    }

    private static JsonBuilder schedule(ServiceEntry service) {
        List<OpeningWindow> open = service.hours().open().windows();
        List<JsonValue> windows = new ArrayList<>();
        for (OpeningWindow window : open) {
            windows.add(new JsonBuilder()
                    .with("name", "business hours")
                    .with("businessHours", WeekPlan.hours(window))
                    .with("zone", window.zone().getId())
                    .with("minReplicas", service.replicas().min())
                    .with("maxReplicas", service.replicas().max())
                    .object());
        }
        service.hours().replicasWhenClosed().ifPresent(replicas -> {
            for (JsonBuilder closed : WeekPlan.closed(open)) {
                windows.add(new JsonBuilder()
                        .with("name", "closed")
                        .with("businessHours", closed)
                        .with("zone", open.get(0).zone().getId())
                        .with("minReplicas", replicas)
                        .with("maxReplicas", replicas)
                        .object());
            }
        });
        Duration warmUp =
                open.stream().map(OpeningWindow::warmUp).max(Duration::compareTo).orElse(Duration.ZERO);
        return new JsonBuilder()
                .with("zone", open.get(0).zone().getId())
                .with("windows", windows)
                .with("warmUp", warmUp.toString());
    }
}
