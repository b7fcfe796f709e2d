// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Notes numbers of replicas that persons asked for. A pool is one document, whatever the number of its services: what comes while it is
 * written is noted with the next write, all at once.
 */
final class ManualScaleWriter {

    private final NumberedDocument document;

    /** One write at a time. */
    private final ReentrantLock turn = new ReentrantLock();

    /** Those that no write has taken yet; one for each thread that waits. */
    private final List<PendingNumber> waiting = new ArrayList<>();

    /** @param document what it throws is thrown to all whose numbers it was given */
    ManualScaleWriter(NumberedDocument document) {
        this.document = document;
    }

    /** Where numbers are written. */
    @FunctionalInterface
    interface NumberedDocument {

        /**
         * Writes numbers, all or none of those that are returned.
         *
         * @param numbers by service
         * @return the services that have theirs; those that are not there any more are missing
         */
        Set<String> write(Map<String, ManualScale> numbers, CallContext call);
    }

    /** A number; done by whichever thread writes. */
    private static final class PendingNumber {

        private final String service;
        private final ManualScale number;
        private boolean over;
        private boolean written;
        private Optional<RuntimeException> failure = Optional.empty();

        PendingNumber(String service, ManualScale number) {
            this.service = service;
            this.number = number;
        }
    }

    /**
     * Returns when the number is in the document, which is written in the name of the server. Callers see to it that there is one at a
     * time for each service.
     *
     * @throws SmoException {@code NOT_FOUND} when the document has no such service; {@code UNAVAILABLE} when the write ended without
     *     an outcome
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
                writeAll(taken(), CallContext.INTERNAL);
            }
        } finally {
            turn.unlock();
        }
        requireWritten(mine);
    }

    /**
     * The same for a number that is to be a write of its own; others wait meanwhile as it waits for them.
     *
     * @param call in whose name it is written
     * @throws RuntimeException as {@link #write}
     */
    void writeAlone(String service, ManualScale number, CallContext call) {
        PendingNumber mine = new PendingNumber(service, number);
        turn.lock();
        try {
            writeAll(List.of(mine), call);
        } finally {
            turn.unlock();
        }
        requireWritten(mine);
    }

    private static void requireWritten(PendingNumber mine) {
        mine.failure.ifPresent(no -> {
            throw no;
        });
        if (!mine.written) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "The number of replicas of %s was not noted, the write of the pool broke off; try again"
                            .formatted(mine.service),
                    Optional.empty());
        }
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

    private void writeAll(List<PendingNumber> all, CallContext call) {
        try {
            Map<String, ManualScale> numbers = new LinkedHashMap<>();
            all.forEach(each -> numbers.put(each.service, each.number));
            Set<String> written = document.write(numbers, call);
            for (PendingNumber each : all) {
                each.written = written.contains(each.service);
                each.failure = each.written
                        ? Optional.empty()
                        : Optional.of(SmoException.notFound("There is no service " + each.service));
            }
        } catch (RuntimeException no) {
            // that of every thread whose number is in it
            all.forEach(each -> each.failure = Optional.of(no));
        } finally {
            // after an error, too: without an outcome nothing counts as written
            all.forEach(each -> each.over = true);
        }
    }
}
