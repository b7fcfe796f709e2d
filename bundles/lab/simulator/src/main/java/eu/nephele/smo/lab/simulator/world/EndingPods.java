// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Pods that are no longer desired and keep their capacity until they have ended. Guarded by the lock of the world. */
final class EndingPods {

    private final Map<WorkloadRef, Set<Pod>> byWorkload = new HashMap<>();
    /** Pods whose end is not known: their cluster is down, or was not read yet. */
    private final Set<Pod> withoutEnd = new LinkedHashSet<>();

    private final TreeSet<PodEnd> ends =
            new TreeSet<>(Comparator.comparing(PodEnd::at).thenComparing(PodEnd::number));
    private long counted;

    /** @param number in the order in which the ends became known */
    private record PodEnd(Instant at, long number, Pod pod) {}

    void add(Pod pod) {
        byWorkload
                .computeIfAbsent(pod.release().ref(), ref -> new LinkedHashSet<>())
                .add(pod);
        withoutEnd.add(pod);
    }

    /** Pods of a release, also when the release itself is gone. */
    Collection<Pod> list(WorkloadRef ref) {
        return List.copyOf(byWorkload.getOrDefault(ref, Set.of()));
    }

    /** Pods on clusters that are up end after this time. */
    void end(Instant now, Duration delay) {
        for (Iterator<Pod> each = withoutEnd.iterator(); each.hasNext(); ) {
            Pod pod = each.next();
            if (pod.node().isUp()) {
                each.remove();
                ends.add(new PodEnd(now.plus(delay), ++counted, pod));
            }
        }
    }

    /** The moment at which the next one has ended; {@link Instant#MAX} when none is known. */
    Instant next() {
        return ends.isEmpty() ? Instant.MAX : ends.first().at();
    }

    Optional<Pod> poll() {
        Optional<Pod> next = Optional.ofNullable(ends.pollFirst()).map(PodEnd::pod);
        next.ifPresent(this::forget);
        return next;
    }

    private void forget(Pod pod) {
        WorkloadRef ref = pod.release().ref();
        Set<Pod> left = new LinkedHashSet<>(byWorkload.getOrDefault(ref, Set.of()));
        left.remove(pod);
        if (left.isEmpty()) {
            byWorkload.remove(ref);
        } else {
            byWorkload.put(ref, left);
        }
    }
}
