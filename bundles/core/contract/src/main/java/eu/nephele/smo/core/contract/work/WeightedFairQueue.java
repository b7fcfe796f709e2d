// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keys that wait, each in one lane, oldest first. The next key is found by smooth weighted round robin: each lane that
 * has keys earns its shares at every slot, and the one that has earned most pays for the slot. Not safe for threads.
 *
 * @param <K> key
 */
final class WeightedFairQueue<K> {

    /** @param sinceNanos when it was queued */
    record Queued<K>(K key, PriorityLevel lane, long sinceNanos) {}

    private final Map<PriorityLevel, Map<K, Long>> waiting = new EnumMap<>(PriorityLevel.class);
    private final Map<PriorityLevel, Integer> earned = new EnumMap<>(PriorityLevel.class);
    private final Map<K, PriorityLevel> laneOf = new HashMap<>();

    WeightedFairQueue() {
        for (PriorityLevel priorityLevel : PriorityLevel.values()) {
            waiting.put(priorityLevel, new LinkedHashMap<>());
            earned.put(priorityLevel, 0);
        }
    }

    /**
     * Queues a key behind all others of its lane. One that is queued already stays where it is, unless the lane is a
     * better one.
     *
     * @return whether the key was not queued before
     */
    boolean add(K key, PriorityLevel priorityLevel, long nowNanos) {
        PriorityLevel present = laneOf.get(key);
        if (present != null && present.orBetter(priorityLevel) == present) {
            return false;
        }
        remove(key);
        laneOf.put(key, priorityLevel);
        queueOf(priorityLevel).put(key, nowNanos);
        return present == null;
    }

    void remove(K key) {
        PriorityLevel priorityLevel = laneOf.remove(key);
        if (priorityLevel != null) {
            queueOf(priorityLevel).remove(key);
        }
    }

    /** Takes the next one. */
    Optional<Queued<K>> take() {
        if (laneOf.isEmpty()) {
            return Optional.empty();
        }
        PriorityLevel next = next();
        Map.Entry<K, Long> oldest = queueOf(next).entrySet().iterator().next();
        Queued<K> taken = new Queued<>(oldest.getKey(), next, oldest.getValue());
        remove(taken.key());
        return Optional.of(taken);
    }

    private PriorityLevel next() {
        PriorityLevel best = PriorityLevel.ROUTINE;
        int mostEarned = Integer.MIN_VALUE;
        int turn = 0;
        for (PriorityLevel priorityLevel : PriorityLevel.values()) {
            if (queueOf(priorityLevel).isEmpty()) {
                // who has nothing to do saves nothing up, and owes nothing
                earned.put(priorityLevel, 0);
            } else {
                turn += priorityLevel.shares();
                int now = earned.merge(priorityLevel, priorityLevel.shares(), Integer::sum);
                if (now > mostEarned) {
                    mostEarned = now;
                    best = priorityLevel;
                }
            }
        }
        earned.merge(best, -turn, Integer::sum);
        return best;
    }

    /** The lane in which a key is queued; empty when it is not. */
    Optional<PriorityLevel> laneOf(K key) {
        return Optional.ofNullable(laneOf.get(key));
    }

    int size() {
        return laneOf.size();
    }

    int size(PriorityLevel priorityLevel) {
        return queueOf(priorityLevel).size();
    }

    /** The time when the longest waiting key of a lane was queued. */
    OptionalLong oldest(PriorityLevel priorityLevel) {
        return queueOf(priorityLevel).values().stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private Map<K, Long> queueOf(PriorityLevel priorityLevel) {
        Map<K, Long> queue = waiting.get(priorityLevel);
        if (queue == null) {
            throw new IllegalStateException("Every lane has a queue: " + priorityLevel);
        }
        return queue;
    }
}
