// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.core.contract.event.Delivery;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Limits concurrent deliveries: one of a queue at a time, a few of a webhook. Webhooks whose last attempt failed have one slot
 * each and half of all together, and second slots come from one half only: hanging receivers do not exhaust the slots of
 * others.
 */
final class DeliveryBulkhead {

    private final int workers;
    private final int perWebhook;
    private final Set<DeliveryQueue> deliveryQueues = new HashSet<>();
    private final Set<String> failing = new HashSet<>();
    private final Map<String, Long> lastStart = new HashMap<>();
    private long starts;

    DeliveryBulkhead(int workers, int perWebhook) {
        this.workers = workers;
        this.perWebhook = perWebhook;
    }

    int workers() {
        return workers;
    }

    int perWebhook() {
        return perWebhook;
    }

    synchronized Set<DeliveryQueue> lanes() {
        return Set.copyOf(deliveryQueues);
    }

    synchronized Set<String> busyWebhooks() {
        return deliveryQueues.stream()
                .map(DeliveryQueue::webhook)
                .filter(webhook -> !room(webhook))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Orders deliveries by the time that their webhook has waited; those of one webhook keep their order. */
    synchronized List<Delivery> inTurn(List<Delivery> due) {
        Map<String, Long> turns = Map.copyOf(lastStart);
        return due.stream()
                .sorted(Comparator.comparingLong(delivery -> turns.getOrDefault(delivery.webhook(), 0L)))
                .toList();
    }

    synchronized boolean take(DeliveryQueue deliveryQueue) {
        if (deliveryQueues.contains(deliveryQueue)
                || deliveryQueues.size() >= workers
                || !room(deliveryQueue.webhook())) {
            return false;
        }
        deliveryQueues.add(deliveryQueue);
        lastStart.put(deliveryQueue.webhook(), ++starts);
        return true;
    }

    synchronized void release(DeliveryQueue deliveryQueue, boolean failed) {
        deliveryQueues.remove(deliveryQueue);
        if (failed) {
            failing.add(deliveryQueue.webhook());
        } else {
            failing.remove(deliveryQueue.webhook());
        }
    }

    synchronized void forget(String webhook) {
        failing.remove(webhook);
        lastStart.remove(webhook);
    }

    private boolean room(String webhook) {
        long own = deliveryQueues.stream()
                .filter(deliveryQueue -> deliveryQueue.webhook().equals(webhook))
                .count();
        int half = Math.max(1, workers / 2);
        if (failing.contains(webhook)) {
            long ofFailing = deliveryQueues.stream()
                    .filter(deliveryQueue -> failing.contains(deliveryQueue.webhook()))
                    .count();
            return own == 0 && ofFailing < half;
        }
        return own == 0 || (own < perWebhook && deliveryQueues.size() < half);
    }
}
