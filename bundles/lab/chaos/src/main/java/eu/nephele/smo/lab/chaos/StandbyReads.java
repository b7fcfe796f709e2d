// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import java.util.ArrayList;
import java.util.List;

/** What whoever reads from the standby was told. Thread-safe. */
public final class Reads {

    private static final int REMEMBERED = 20;

    private final List<String> firstFailed = new ArrayList<>();
    private int count;
    private int failed;
    private long longestMillis;

    /**
     * @param count answers and missing answers
     * @param failed those that were neither 2xx nor a right 404
     * @param firstFailed for people
     * @param longestMillis how long a good answer took at most
     */
    public record Sum(int count, int failed, List<String> firstFailed, long longestMillis) {
        public Sum {
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

    synchronized Sum sum() {
        return new Sum(count, failed, firstFailed, longestMillis);
    }
}
