// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells at once of services whose requests wait, and again each second as long as they do. HAProxy calls nobody, so it is asked one
 * short question several times a second, while somebody listens.
 */
final class WaitingWatch {

    /** Between two questions. */
    static final Duration DISTANCE = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(WaitingWatch.class);
    private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long AFTER_FAILURE_NANOS = Duration.ofSeconds(2).toNanos();

    private final HaproxyRuntime runtime;
    private final LongSupplier nanos;
    private final CopyOnWriteArrayList<Consumer<WorkloadRef>> listeners = new CopyOnWriteArrayList<>();
    /** When listeners were told last, by proxy; of those alone whose requests wait. */
    private final Map<String, Long> toldNanos = new HashMap<>();

    private long silentUntilNanos;

    /** @param nanos as {@link System#nanoTime()} */
    WaitingWatch(HaproxyRuntime runtime, LongSupplier nanos) {
        this.runtime = runtime;
        this.nanos = nanos;
        this.silentUntilNanos = nanos.getAsLong();
    }

    Subscription subscribe(Consumer<WorkloadRef> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** To be called once in each {@link #DISTANCE}, by one thread at a time; a HAProxy that does not answer is left alone for two seconds. */
    synchronized void look() {
        long now = nanos.getAsLong();
        if (listeners.isEmpty() || now - silentUntilNanos < 0) {
            return;
        }
        try {
            tell(runtime.waiting(), now);
        } catch (AdapterException failed) {
            silentUntilNanos = now + AFTER_FAILURE_NANOS;
            // the samples of the load say so aloud
            LOG.debug("nobody knows whether requests wait reason=\"{}\"", failed.getMessage());
        }
    }

    private void tell(Map<String, Long> waiting, long now) {
        toldNanos.keySet().removeIf(proxy -> waiting.getOrDefault(proxy, 0L) == 0);
        waiting.forEach((proxy, requests) -> {
            boolean due = requests > 0 && now - toldNanos.getOrDefault(proxy, now - AGAIN_NANOS) >= AGAIN_NANOS;
            if (due) {
                toldNanos.put(proxy, now);
                ProxyNames.workload(proxy)
                        .ifPresent(workload -> listeners.forEach(listener -> listener.accept(workload)));
            }
        });
    }
}
