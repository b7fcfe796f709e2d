// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.work;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.work.PriorityLevel;
import eu.nephele.smo.core.contract.work.WorkQueue;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Admits as much as is carried out: a further change is rejected while as many graphs as the limit wait for a pass, or
 * the oldest change has waited too long. Removals have a limit of their own, because they release capacity. Safe for
 * threads.
 */
@Metric(
        value = "smo_engine_waiting_graphs",
        type = MetricType.GAUGE,
        unit = "graphs",
        labels = "lane=change|removal|progress|news|routine",
        meaning = "Queued graphs, by reason: a change without a pass; a removal; progress of a change; an "
                + "external event of a graph without a change; a routine pass")
@Metric(
        value = "smo_engine_oldest_change_seconds",
        type = MetricType.GAUGE,
        unit = "seconds",
        meaning = "Waiting time of the oldest change for its first pass")
@Metric(
        value = "smo_engine_passes_per_second",
        type = MetricType.GAUGE,
        unit = "passes per second",
        meaning = "Started passes for changes and removals, average of ten seconds")
@Metric(
        value = "smo_engine_refused_total",
        type = MetricType.COUNTER,
        unit = "changes",
        labels = "reason=length|age|removals|principal",
        meaning = "Changes and removals that were rejected: under overload, of all callers; `principal`: because one "
                + "has too many operations under way. Appears with the first")
public final class AdmissionController implements AdmissionControl {

    private static final String REFUSED = "smo_engine_refused_total";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Share of the queue that is free again when refused clients return: with later hints the server would idle. */
    private static final double PART = 0.25;

    private final AdmissionLimits limits;
    private final WorkQueue<?> queue;
    private volatile MetricsRecorder metricsRecorder = MetricsRecorder.NONE;

    /**
     * @param changes graphs that wait for a pass because of a change, or of what it has set off; 1 or more
     * @param removals graphs that are being removed and wait for a pass; 1 or more
     * @param oldest how long a change may have waited for its first pass
     * @param perPrincipal operations of one principal that are not over; 0 for no limit
     * @param unlimited principals to whom that does not apply
     */
    public record AdmissionLimits(int changes, int removals, Duration oldest, int perPrincipal, Set<String> unlimited) {

        public AdmissionLimits {
            unlimited = Set.copyOf(unlimited);
        }

        /** Without a limit for one principal. */
        public AdmissionLimits(int changes, int removals, Duration oldest) {
            this(changes, removals, oldest, 0, Set.of());
        }
    }

    public AdmissionController(AdmissionLimits limits, WorkQueue<?> queue) {
        this.limits = limits;
        this.queue = queue;
    }

    @Override
    public void admitChange() {
        refusal().ifPresent(refusal -> {
            throw refused(refusal);
        });
    }

    /**
     * Admits a change of a principal that has begun others.
     *
     * @param open those that are not over
     * @throws SmoException {@code THROTTLED}: too many are not over
     */
    public void admitAnother(String principal, int open) {
        if (limits.perPrincipal() > 0
                && open >= limits.perPrincipal()
                && !limits.unlimited().contains(principal)) {
            metricsRecorder.count(REFUSED, Map.of("reason", "principal"));
            throw SmoException.of(
                    SmoException.Kind.THROTTLED,
                    "smo",
                    "%d operations of %s are not over, which is the limit for one principal (maxOperationsPerPrincipal of the PID eu.nephele.smo.core.engine). Wait for some of them, or cancel them"
                            .formatted(open, principal),
                    Optional.of(AGAIN));
        }
    }

    @Override
    public void admitRemoval() {
        int waiting = queue.size(PriorityLevel.REMOVAL);
        if (waiting >= limits.removals()) {
            throw refused(new OverloadRefusal(
                    "removals",
                    "%d graphs wait to be removed, which is the limit (maxQueuedRemovals)".formatted(waiting),
                    waiting));
        }
    }

    @Override
    public Duration expectedWait() {
        int waiting = queue.size(PriorityLevel.CHANGE);
        if (waiting == 0) {
            return Duration.ZERO;
        }
        // a queue that was empty for a while has no rate: a change that has just come does not mean that nothing is
        // done
        return queue.passesPerSecond() == 0 ? age() : timeFor(waiting);
    }

    private Duration age() {
        Duration age = queue.age(PriorityLevel.CHANGE);
        return age.compareTo(LONGEST) < 0 ? age : LONGEST;
    }

    /** The reason why changes are rejected now, for people; empty while they are admitted. */
    public Optional<String> refusing() {
        return refusal().map(OverloadRefusal::message);
    }

    public void publish(MetricsRecorder published) {
        metricsRecorder = published;
        for (PriorityLevel priorityLevel : PriorityLevel.values()) {
            published.gauge(
                    "smo_engine_waiting_graphs",
                    Map.of("lane", label(priorityLevel)),
                    queue,
                    waiting -> waiting.size(priorityLevel));
        }
        published.gauge(
                "smo_engine_oldest_change_seconds",
                Map.of(),
                queue,
                waiting -> waiting.age(PriorityLevel.CHANGE).toMillis() / 1e3);
        published.gauge("smo_engine_passes_per_second", Map.of(), queue, WorkQueue::passesPerSecond);
    }

    /**
     * @param reason label of the metric
     * @param waiting graphs whose number, or age, is too much
     */
    private record OverloadRefusal(String reason, String message, int waiting) {}

    private Optional<OverloadRefusal> refusal() {
        int waiting = queue.size(PriorityLevel.CHANGE) + queue.size(PriorityLevel.PROGRESS);
        if (waiting >= limits.changes()) {
            return Optional.of(new OverloadRefusal(
                    "length",
                    "%d graphs wait for a pass, which is the limit (maxQueuedChanges)".formatted(waiting),
                    waiting));
        }
        Duration age = queue.age(PriorityLevel.CHANGE);
        if (age.compareTo(limits.oldest()) > 0) {
            return Optional.of(new OverloadRefusal(
                    "age",
                    "the oldest of %d changes has waited for %d s, which exceeds the limit (maxQueueSeconds)"
                            .formatted(queue.size(PriorityLevel.CHANGE), age.toSeconds()),
                    waiting));
        }
        return Optional.empty();
    }

    private SmoException refused(OverloadRefusal refusal) {
        metricsRecorder.count(REFUSED, Map.of("reason", refusal.reason()));
        Duration after = timeFor(Math.max(1, (int) (refusal.waiting() * PART)));
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The server is overloaded: %s. Nothing was stored; retry in %d s"
                        .formatted(refusal.message(), after.toSeconds()),
                Optional.of(after));
    }

    /** In whole seconds, within bounds. */
    private Duration timeFor(int graphs) {
        double perSecond = queue.passesPerSecond();
        double seconds = perSecond == 0 ? Double.MAX_VALUE : graphs / perSecond;
        Duration rounded = Duration.ofSeconds((long) Math.ceil(Math.min(seconds, (double) LONGEST.toSeconds())));
        return rounded.compareTo(SHORTEST) < 0 ? SHORTEST : rounded;
    }

    private static String label(PriorityLevel priorityLevel) {
        return priorityLevel.name().toLowerCase(Locale.ROOT);
    }
}
