// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.work;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.contract.work.Lane;
import eu.nephele.smo.core.contract.work.WorkQueue;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Takes as much as is done: a further change is refused while as many graphs wait for a pass as may, or the oldest change has waited
 * too long. Removals have a bound of their own, because they make room. Safe for threads.
 */
public final class Admission implements AdmissionControl {

    private static final String REFUSED = "smo_engine_refused_total";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Who comes back finds the queue a quarter shorter, not empty: whoever is not told in time leaves the server idle. */
    private static final double PART = 0.25;

    private final Limits limits;
    private final WorkQueue<?> queue;
    private volatile Measurements measurements = Measurements.NONE;

    /**
     * @param changes graphs that wait for a pass because of a change, or of what it has set off; 1 or more
     * @param removals graphs that are being removed and wait for a pass; 1 or more
     * @param oldest how long a change may have waited for its first pass
     */
    public record Limits(int changes, int removals, Duration oldest) {}

    public Admission(Limits limits, WorkQueue<?> queue) {
        this.limits = limits;
        this.queue = queue;
    }

    @Override
    public void admitChange() {
        refusal().ifPresent(refusal -> {
            throw refused(refusal);
        });
    }

    @Override
    public void admitRemoval() {
        int waiting = queue.size(Lane.REMOVAL);
        if (waiting >= limits.removals()) {
            throw refused(new Refusal(
                    "removals",
                    "%d graphs wait to be removed, as many as may (maxQueuedRemovals)".formatted(waiting),
                    waiting));
        }
    }

    @Override
    public Duration expectedWait() {
        int waiting = queue.size(Lane.CHANGE);
        if (waiting == 0) {
            return Duration.ZERO;
        }
        // A queue that was empty for a while has no rate: what has just come is no sign that nothing is done.
        return queue.passesPerSecond() == 0 ? age() : timeFor(waiting);
    }

    private Duration age() {
        Duration age = queue.age(Lane.CHANGE);
        return age.compareTo(LONGEST) < 0 ? age : LONGEST;
    }

    /** Why changes are refused now, for people; empty while they are taken. */
    public Optional<String> refusing() {
        return refusal().map(Refusal::message);
    }

    /** Tells from now on how long the queue is, how old, how fast it goes, and how many were refused. */
    public void publish(Measurements published) {
        measurements = published;
        for (Lane lane : Lane.values()) {
            published.gauge(
                    "smo_engine_waiting_graphs", Map.of("lane", label(lane)), queue, waiting -> waiting.size(lane));
        }
        published.gauge(
                "smo_engine_oldest_change_seconds",
                Map.of(),
                queue,
                waiting -> waiting.age(Lane.CHANGE).toMillis() / 1e3);
        published.gauge("smo_engine_passes_per_second", Map.of(), queue, WorkQueue::passesPerSecond);
    }

    /**
     * @param reason label of the metric
     * @param waiting graphs whose number, or age, is too much
     */
    private record Refusal(String reason, String message, int waiting) {}

    private Optional<Refusal> refusal() {
        int waiting = queue.size(Lane.CHANGE) + queue.size(Lane.PROGRESS);
        if (waiting >= limits.changes()) {
            return Optional.of(new Refusal(
                    "length",
                    "%d graphs wait for a pass, as many as may (maxQueuedChanges)".formatted(waiting),
                    waiting));
        }
        Duration age = queue.age(Lane.CHANGE);
        if (age.compareTo(limits.oldest()) > 0) {
            return Optional.of(new Refusal(
                    "age",
                    "the oldest of %d changes has waited for %d s, longer than it may (maxQueueSeconds)"
                            .formatted(queue.size(Lane.CHANGE), age.toSeconds()),
                    waiting));
        }
        return Optional.empty();
    }

    private SmoException refused(Refusal refusal) {
        measurements.count(REFUSED, Map.of("reason", refusal.reason()));
        Duration after = timeFor(Math.max(1, (int) (refusal.waiting() * PART)));
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The server has more to do than it gets done: %s. Nothing was stored; ask again in %d s"
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

    private static String label(Lane lane) {
        return lane.name().toLowerCase(Locale.ROOT);
    }
}
