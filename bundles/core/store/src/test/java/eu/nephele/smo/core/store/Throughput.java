// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Measures, by hand: decisions appended and decisions committed with a reservation on one hot cluster, per second. */
final class Throughput {

    private static final int BATCH = 100;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Throughput() {}

    /** @param arguments a JDBC url; none measures the embedded database in a directory of its own */
    public static void main(String[] arguments) throws Exception {
        String url = arguments.length > 0
                ? arguments[0]
                : EmbeddedUrl.url(Files.createTempDirectory(Path.of("target"), "h2-"));
        Stores stores = Stores.open(TestDatabase.dataSource(url));
        stores.capacity().setLimits(Map.of(Samples.C1, new Resources(Long.MAX_VALUE, Long.MAX_VALUE, 0, 0)));
        for (int round = 0; round < 3; round++) {
            System.out.printf(
                    "append %,d decisions/s in batches of %d%n",
                    perSecond(1, 100, () -> append(stores)) * BATCH, BATCH);
            for (int threads : new int[] {1, 4, 16}) {
                System.out.printf(
                        "commit %,d decisions/s with %d threads%n",
                        perSecond(threads, 1000, () -> commit(stores)), threads);
            }
        }
        stores.close();
    }

    private static void append(Stores stores) {
        int from = NUMBER.getAndAdd(BATCH);
        stores.decisions()
                .append(IntStream.range(from, from + BATCH)
                        .mapToObj(i -> Samples.decision(
                                Samples.graph("g" + i % 50), i, Optional.of(Samples.snapshot("s" + from))))
                        .toList());
    }

    private static void commit(Stores stores) {
        int number = NUMBER.getAndIncrement();
        GraphId graph = Samples.graph("g" + number);
        stores.graphs().insert(Samples.desired(graph), TransactionalWrites.NOTHING);
        stores.graphs()
                .commit(
                        graph,
                        1,
                        Samples.full(Samples.id(number)),
                        Map.of(Samples.C1, new Resources(5, 7, 0, 0)),
                        Optional.of(Samples.decision(graph, number, Optional.of(Samples.snapshot("s" + number)))),
                        TransactionalWrites.NOTHING);
    }

    private static long perSecond(int threads, int tasks, Runnable task) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long start = System.nanoTime();
        pool.invokeAll(IntStream.range(0, tasks)
                .mapToObj(i -> Executors.callable(task))
                .toList());
        long nanos = System.nanoTime() - start;
        pool.shutdown();
        return TimeUnit.SECONDS.toNanos(tasks) / nanos;
    }
}
