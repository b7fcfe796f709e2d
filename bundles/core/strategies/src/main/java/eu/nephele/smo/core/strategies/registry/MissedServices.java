// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.VersionRange;

/** What was looked for in vain, and until when the one wait for it lasts. Guarded by the lock of the registry. */
final class MissedServices {
    /** Names come from users: the longest missed is forgotten first. */
    private static final int MOST = 1_000;

    private final Map<Wanted, Long> untilNanos = new LinkedHashMap<>();

    private record Wanted(ServiceKind kind, String id, Optional<VersionRange> range) {
        boolean isMetBy(Description description) {
            return kind == description.kind()
                    && id.equals(description.id())
                    && (range.isEmpty() || range.get().includes(description.version()));
        }
    }

    /** @return end of the wait: that of the wait begun before, else {@code proposedNanos} */
    long waitUntil(ServiceKind kind, String id, Optional<VersionRange> range, long proposedNanos) {
        Wanted wanted = new Wanted(kind, id, range);
        Long begun = untilNanos.get(wanted);
        if (begun != null) {
            return begun;
        }
        if (untilNanos.size() >= MOST) {
            untilNanos.remove(untilNanos.keySet().iterator().next());
        }
        untilNanos.put(wanted, proposedNanos);
        return proposedNanos;
    }

    void found(Description description) {
        untilNanos.keySet().removeIf(wanted -> wanted.isMetBy(description));
    }
}
