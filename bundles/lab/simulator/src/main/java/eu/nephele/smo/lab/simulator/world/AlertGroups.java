// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.lab.simulator.AlertTiming;
import eu.nephele.smo.lab.simulator.Notification;
import eu.nephele.smo.lab.simulator.WorldClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Groups the alerts of a graph and sends notifications as Alertmanager does. Guarded by the lock of the world. */
final class AlertGroups {

    private static final String GENERATOR = "http://prometheus.simulator.invalid/graph?g0.expr=";

    private final AlertTiming timing;
    private final WorldClock clock;
    private final NotificationDispatcher notificationDispatcher;
    private final Map<String, AlertGroup> groups = new TreeMap<>();

    AlertGroups(AlertTiming timing, WorldClock clock, NotificationDispatcher notificationDispatcher) {
        this.timing = timing;
        this.clock = clock;
        this.notificationDispatcher = notificationDispatcher;
    }

    /** Time at which the next group is due; {@link Instant#MAX} when none is. */
    Instant due() {
        return groups.values().stream()
                .map(AlertGroup::due)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    void fires(String fingerprint, Map<String, String> labels, EventRule rule, Instant since) {
        put(alert(fingerprint, labels, rule, since, Optional.empty()), since);
    }

    void ends(String fingerprint, Map<String, String> labels, EventRule rule, Instant since, Instant now) {
        put(alert(fingerprint, labels, rule, since, Optional.of(clock.outside(now))), now);
    }

    void flush(Instant now) {
        for (Iterator<AlertGroup> each = groups.values().iterator(); each.hasNext(); ) {
            AlertGroup group = each.next();
            if (!group.due().isAfter(now)) {
                group.flush(now, timing).ifPresent(notificationDispatcher::take);
                if (group.isEmpty()) {
                    each.remove();
                }
            }
        }
    }

    /** A notification did not arrive. */
    void takeBack(Notification sent, Instant now) {
        group(sent.groupKey(), sent.groupLabels(), now).takeBack(sent, now, timing);
    }

    private void put(Notification.NotifiedAlert alert, Instant now) {
        Map<String, String> labels = new TreeMap<>(alert.labels());
        labels.keySet()
                .removeIf(
                        label -> !label.equals(AlertService.PROJECT_LABEL) && !label.equals(AlertService.GRAPH_LABEL));
        StringBuilder key = new StringBuilder("{}:{");
        labels.forEach((name, value) -> key.append(key.length() > 4 ? ", " : "")
                .append(name)
                .append("=\"")
                .append(value)
                .append('"'));
        group(key.append('}').toString(), labels, now).put(alert);
    }

    private AlertGroup group(String key, Map<String, String> labels, Instant now) {
        return groups.computeIfAbsent(key, unused -> new AlertGroup(key, labels, now.plus(timing.groupWait())));
    }

    private Notification.NotifiedAlert alert(
            String fingerprint,
            Map<String, String> labels,
            EventRule rule,
            Instant since,
            Optional<Instant> endedOutside) {
        return new Notification.NotifiedAlert(
                labels,
                Map.of("description", rule.description(), "summary", rule.description()),
                clock.outside(since),
                endedOutside,
                GENERATOR + URLEncoder.encode(rule.promQuery(), StandardCharsets.UTF_8),
                fingerprint);
    }
}
