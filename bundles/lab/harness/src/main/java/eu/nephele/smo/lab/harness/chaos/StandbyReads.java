// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.util.ArrayList;
import java.util.List;

/** Answers to the readers of the standby. Thread-safe. */
public final class StandbyReads {

    private static final int REMEMBERED = 20;

    private final List<String> firstFailed = new ArrayList<>();
    private int count;
    private int failed;
    private long longestMillis;

    /**
     * @param count number of calls, unanswered ones included
     * @param failed calls that were answered neither 2xx nor a right 404
     * @param firstFailed for people
     * @param longestMillis longest duration of a good answer
     */
    public record ReadSummary(int count, int failed, List<String> firstFailed, long longestMillis) {
        public ReadSummary {
            firstFailed = List.copyOf(firstFailed);
        }
    }

    synchronized void good(long millis) {
        count++;
        longestMillis = Math.max(longestMillis, millis);
    }

    synchronized void failed(String what) {
        count++;
        failed++;
        if (firstFailed.size() < REMEMBERED) {
            firstFailed.add(what);
        }
    }

    synchronized ReadSummary sum() {
        return new ReadSummary(count, failed, firstFailed, longestMillis);
    }
}
