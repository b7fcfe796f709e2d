// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Notes numbers of replicas that persons asked for. A pool is one document, whatever the number of its services: what comes while it is
 * written is noted with the next write, all at once.
 */
final class ManualScaleWriter {

    private final Consumer<Map<String, ManualScale>> document;

    /** One write at a time. */
    private final ReentrantLock turn = new ReentrantLock();

    /** Those that no write has taken yet; one for each thread that waits. */
    private final List<PendingNumber> waiting = new ArrayList<>();

    /** @param document writes numbers by service; what it throws is thrown to all whose numbers these are */
    ManualScaleWriter(Consumer<Map<String, ManualScale>> document) {
        this.document = document;
    }

    /** A number; done by whichever thread writes. */
    private static final class PendingNumber {

        private final String service;
        private final ManualScale number;
        private boolean over;
        private Optional<RuntimeException> failure = Optional.empty();

        PendingNumber(String service, ManualScale number) {
            this.service = service;
            this.number = number;
        }
    }

    /**
     * Returns when the number is in the document. Callers see to it that there is one at a time for each service.
     *
     * @throws RuntimeException as the document does
     */
    void write(String service, ManualScale number) {
        PendingNumber mine = new PendingNumber(service, number);
        synchronized (waiting) {
            waiting.add(mine);
        }
        turn.lock();
        try {
            if (!mine.over) {
                writeAll(taken());
            }
        } finally {
            turn.unlock();
        }
        mine.failure.ifPresent(no -> {
            throw no;
        });
    }

    /** How many wait for a write to begin with them. */
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private List<PendingNumber> taken() {
        synchronized (waiting) {
            List<PendingNumber> all = List.copyOf(waiting);
            waiting.clear();
            return all;
        }
    }

    private void writeAll(List<PendingNumber> all) {
        Map<String, ManualScale> numbers = new LinkedHashMap<>();
        all.forEach(each -> numbers.put(each.service, each.number));
        Optional<RuntimeException> failure = Optional.empty();
        try {
            document.accept(numbers);
        } catch (RuntimeException no) {
            // that of every thread whose number is in it
            failure = Optional.of(no);
        }
        for (PendingNumber each : all) {
            each.failure = failure;
            each.over = true;
        }
    }
}
