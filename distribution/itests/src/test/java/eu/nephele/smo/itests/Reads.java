// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Somebody who reads all the time, fifty times a second, and looks at the clock. */
final class Reads {

    private static final int PER_SECOND = 50;
    private static final int WARM = 400;
    private static final long LIMIT_MILLIS = 100;
    private static final double PERCENTILE = 0.99;

    private final RestClient client;
    private final List<String> paths;
    private final List<Long> nanos = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Thread thread = new Thread(this::read, "reads");
    private volatile boolean ending;

    private Reads(RestClient client, List<String> paths) {
        this.client = client;
        this.paths = paths;
    }

    static void warmUp(RestClient client, List<String> paths) throws IOException, InterruptedException {
        for (int i = 0; i < WARM; i++) {
            client.get(paths.get(i % paths.size()));
        }
    }

    static Reads start(RestClient client, List<String> paths) {
        Reads reads = new Reads(client.unchecked(), paths);
        reads.thread.start();
        return reads;
    }

    private void read() {
        try {
            for (int i = 0; !ending; i++) {
                String path = paths.get(i % paths.size());
                long begin = System.nanoTime();
                RestClient.Answer answer = client.get(path);
                long took = System.nanoTime() - begin;
                nanos.add(took);
                if (answer.status() != 200) {
                    failures.add(path + ": " + answer.status() + " " + answer.text());
                }
                TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(1) / PER_SECOND - took);
            }
        } catch (IOException | InterruptedException broken) {
            failures.add(broken.toString());
        }
    }

    /** Ends, tells the figures, and fails when a read did or was slow. */
    void assertFast(String when) throws InterruptedException {
        ending = true;
        thread.join();
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        assertThat(sorted).as(failures.toString()).isNotEmpty();
        double p99 = millis(sorted[(int) (sorted.length * PERCENTILE)]);
        System.out.printf(
                "%s: %d reads, median %.1f ms, P99 %.1f ms, longest %.1f ms%n",
                when,
                sorted.length,
                millis(sorted[sorted.length / 2]),
                p99,
                millis(Arrays.stream(sorted).max().orElse(0)));
        assertThat(failures).as(when).isEmpty();
        assertThat(p99).as("P99 in milliseconds, " + when).isLessThan(LIMIT_MILLIS);
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
