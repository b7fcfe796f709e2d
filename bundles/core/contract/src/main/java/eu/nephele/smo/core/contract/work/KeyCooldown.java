// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keys whose last pass was so recent that their events wait. It holds those only. Not thread-safe.
 *
 * @param <K> key
 */
final class KeyCooldown<K> {

    private final long nanos;
    // when passes ended, oldest first
    private final Map<K, Long> ended = new LinkedHashMap<>();

    /** @param spacing between the end of a pass and the next one that only follows events */
    KeyCooldown(Duration spacing) {
        this.nanos = spacing.toNanos();
    }

    /** A pass has ended. */
    void ended(K key, long nowNanos) {
        ended.remove(key);
        ended.put(key, nowNanos);
        Iterator<Long> oldest = ended.values().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next() >= nanos) {
            oldest.remove();
        }
    }

    /** The delay of events of a key from now on; zero when they do not wait. */
    Duration rest(K key, long nowNanos) {
        return Optional.ofNullable(ended.get(key))
                .map(end -> Duration.ofNanos(Math.max(0, nanos - (nowNanos - end))))
                .orElse(Duration.ZERO);
    }
}
