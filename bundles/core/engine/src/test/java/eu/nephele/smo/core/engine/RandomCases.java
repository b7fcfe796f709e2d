// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs cases by their numbers, as many at a time as there are processors, and reports the failed ones. */
final class RandomCases {

    /** One case. */
    interface Case {
        /** @return what happened in it, and how often */
        Map<String, Integer> run(long number, Stores stores);
    }

    /** So many failures say what is to be said. */
    private static final int ENOUGH = 5;

    private final int last;
    private final AtomicInteger next;
    private final Case each;
    private final Map<String, Integer> tally = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    private RandomCases(int first, int count, Case each) {
        this.next = new AtomicInteger(first);
        this.last = first + count - 1;
        this.each = each;
    }

    /** @return what happened over all cases, and how often */
    static Map<String, Integer> run(int first, int count, Case each) throws Exception {
        RandomCases cases = new RandomCases(first, count, each);
        int workers = Math.min(count, Runtime.getRuntime().availableProcessors());
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Callable<Boolean>> tasks = java.util.Collections.nCopies(workers, cases::work);
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(cases.failures).as("cases that went wrong").isEmpty();
        return cases.tally;
    }

    private Boolean work() throws Exception {
        try (ReusedStores stores = new ReusedStores()) {
            for (int number = next.getAndIncrement(); number <= last && !enough(); number = next.getAndIncrement()) {
                one(number, stores.emptied());
            }
        }
        return true;
    }

    private void one(int number, Stores stores) {
        try {
            Map<String, Integer> happened = each.run(number, stores);
            synchronized (this) {
                happened.forEach((what, count) -> tally.merge(what, count, Integer::sum));
            }
        } catch (AssertionError | RuntimeException e) {
            synchronized (this) {
                failures.add("Case " + number + ": " + e.getMessage());
            }
        }
    }

    private synchronized boolean enough() {
        return failures.size() >= ENOUGH;
    }
}
