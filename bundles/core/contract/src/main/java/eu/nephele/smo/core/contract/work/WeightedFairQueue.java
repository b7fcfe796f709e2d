// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keys that wait, each in one lane, oldest first. Who is next is found by smooth weighted round robin: each lane that has keys earns
 * its shares at every turn, and the one that has earned most pays for the turn. Not safe for threads.
 *
 * @param <K> key
 */
final class Lanes<K> {

    /** @param sinceNanos when it was queued */
    record Queued<K>(K key, Lane lane, long sinceNanos) {}

    private final Map<Lane, Map<K, Long>> waiting = new EnumMap<>(Lane.class);
    private final Map<Lane, Integer> earned = new EnumMap<>(Lane.class);
    private final Map<K, Lane> laneOf = new HashMap<>();

    Lanes() {
        for (Lane lane : Lane.values()) {
            waiting.put(lane, new LinkedHashMap<>());
            earned.put(lane, 0);
        }
    }

    /**
     * Queues a key behind all others of its lane. One that is queued already stays where it is, unless the lane is a better one.
     *
     * @return whether the key was not queued before
     */
    boolean add(K key, Lane lane, long nowNanos) {
        Lane present = laneOf.get(key);
        if (present != null && present.orBetter(lane) == present) {
            return false;
        }
        remove(key);
        laneOf.put(key, lane);
        queueOf(lane).put(key, nowNanos);
        return present == null;
    }

    void remove(K key) {
        Lane lane = laneOf.remove(key);
        if (lane != null) {
            queueOf(lane).remove(key);
        }
    }

    /** Takes the next one. */
    Optional<Queued<K>> take() {
        if (laneOf.isEmpty()) {
            return Optional.empty();
        }
        Lane next = next();
        Map.Entry<K, Long> oldest = queueOf(next).entrySet().iterator().next();
        Queued<K> taken = new Queued<>(oldest.getKey(), next, oldest.getValue());
        remove(taken.key());
        return Optional.of(taken);
    }

    private Lane next() {
        Lane best = Lane.ROUTINE;
        int mostEarned = Integer.MIN_VALUE;
        int turn = 0;
        for (Lane lane : Lane.values()) {
            if (queueOf(lane).isEmpty()) {
                // who has nothing to do saves nothing up, and owes nothing
                earned.put(lane, 0);
            } else {
                turn += lane.shares();
                int now = earned.merge(lane, lane.shares(), Integer::sum);
                if (now > mostEarned) {
                    mostEarned = now;
                    best = lane;
                }
            }
        }
        earned.merge(best, -turn, Integer::sum);
        return best;
    }

    /** Where a key is queued; empty when it is not. */
    Optional<Lane> laneOf(K key) {
        return Optional.ofNullable(laneOf.get(key));
    }

    int size() {
        return laneOf.size();
    }

    int size(Lane lane) {
        return queueOf(lane).size();
    }

    /** When the key was queued that waits longest in a lane. */
    OptionalLong oldest(Lane lane) {
        return queueOf(lane).values().stream().mapToLong(Long::longValue).findFirst();
    }

    private Map<K, Long> queueOf(Lane lane) {
        Map<K, Long> queue = waiting.get(lane);
        if (queue == null) {
            throw new IllegalStateException("Every lane has a queue: " + lane);
        }
        return queue;
    }
}
