// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.VersionRange;

/**
 * Missing services that were requested, the end of the one wait for each, and the number of present waiters. Guarded by the
 * lock of the registry.
 */
final class MissingServiceWaits {
    /** Names come from users: the longest missed is forgotten first. */
    private static final int MOST = 1_000;

    /** Most waiters at once: each holds a thread, and some callers must stay free for present services. */
    private static final int MOST_WAITING = 3;

    private final Map<MissingService, Long> untilNanos = new LinkedHashMap<>();
    private int waiting;

    private record MissingService(ServiceKind kind, String id, Optional<VersionRange> range) {
        boolean isMetBy(ServiceDescription description) {
            return kind == description.kind()
                    && id.equals(description.id())
                    && (range.isEmpty() || range.get().includes(description.version()));
        }
    }

    /** @return end of the wait: that of the wait begun before, else {@code proposedNanos} */
    long waitUntil(ServiceKind kind, String id, Optional<VersionRange> range, long proposedNanos) {
        MissingService missingService = new MissingService(kind, id, range);
        Long begun = untilNanos.get(missingService);
        if (begun != null) {
            return begun;
        }
        if (untilNanos.size() >= MOST) {
            untilNanos.remove(untilNanos.keySet().iterator().next());
        }
        untilNanos.put(missingService, proposedNanos);
        return proposedNanos;
    }

    /** @return false when too many wait already; else {@link #waitEnds()} must follow */
    boolean waitBegins() {
        if (waiting >= MOST_WAITING) {
            return false;
        }
        waiting++;
        return true;
    }

    void waitEnds() {
        waiting--;
    }

    void found(ServiceDescription description) {
        untilNanos.keySet().removeIf(missingService -> missingService.isMetBy(description));
    }
}
