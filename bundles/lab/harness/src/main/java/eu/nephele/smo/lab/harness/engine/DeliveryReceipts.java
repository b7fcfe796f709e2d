// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Deliveries by webhook and event, counted. Thread-safe. */
final class DeliveryReceipts {

    private static final int[] NEVER = {};

    private final int webhooks;
    /** Number of deliveries to each webhook, by id of the event. */
    private final Map<String, int[]> times = new HashMap<>();

    private int received;
    private int duplicates;

    /** @param webhooks number of webhooks, numbered from 0 */
    DeliveryReceipts(int webhooks) {
        this.webhooks = webhooks;
    }

    synchronized void add(int webhook, String event) {
        int[] counts = times.computeIfAbsent(event, unheard -> new int[webhooks]);
        counts[webhook]++;
        received += counts[webhook] == 1 ? 1 : 0;
        duplicates += counts[webhook] == 2 ? 1 : 0;
    }

    /** Received events, each counted once per webhook. */
    synchronized int received() {
        return received;
    }

    /** Events that were received twice or more. */
    synchronized int duplicates() {
        return duplicates;
    }

    /** Number of missing deliveries of these events, each counted once per webhook. */
    synchronized int missing(Collection<String> events) {
        return events.stream().mapToInt(this::missing).sum();
    }

    private int missing(String event) {
        int told = 0;
        for (int count : times.getOrDefault(event, NEVER)) {
            told += count > 0 ? 1 : 0;
        }
        return webhooks - told;
    }
}
