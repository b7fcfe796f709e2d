// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Clients that request new placements, one graph each, one request after the other, until they are stopped. */
final class DecisionLoad {

    /** Pause that leaves the server time for its other work. */
    private static final Duration PAUSE = Duration.ofMillis(15);

    private final RestCalls client;
    private final Semaphore answers = new Semaphore(0);
    private final Map<String, Future<Tally>> clients = new LinkedHashMap<>();
    private final ExecutorService threads;
    private volatile boolean ending;

    record Tally(long asked, long answered, long longestMillis, Optional<String> failure) {

        static final Tally NOTHING = new Tally(0, 0, 0, Optional.empty());

        long failed() {
            return asked - answered;
        }

        Tally and(Tally other) {
            return new Tally(
                    asked + other.asked,
                    answered + other.answered,
                    Math.max(longestMillis, other.longestMillis),
                    failure.or(other::failure));
        }
    }

    private DecisionLoad(RestCalls client, int size) {
        this.client = client;
        this.threads = Executors.newFixedThreadPool(size);
    }

    static DecisionLoad start(RestCalls client, List<String> graphs) {
        DecisionLoad load = new DecisionLoad(client, graphs.size());
        for (String graph : graphs) {
            Callable<Tally> asking = () -> load.ask(graph);
            load.clients.put(graph, load.threads.submit(asking));
        }
        return load;
    }

    /** Waits for further answers, successful or not; false on a time-out. */
    boolean further(int count, Duration atMost) throws InterruptedException {
        answers.drainPermits();
        return answers.tryAcquire(count, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops new requests. {@link #tallies} waits for those in progress. */
    void end() {
        ending = true;
        threads.shutdown();
    }

    /** By path of the graph, after the end. */
    Map<String, Tally> tallies() throws InterruptedException {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (Map.Entry<String, Future<Tally>> each : clients.entrySet()) {
            try {
                tallies.put(each.getKey(), each.getValue().get());
            } catch (ExecutionException broken) {
                throw new IllegalStateException("A client of %s broke off".formatted(each.getKey()), broken);
            }
        }
        return tallies;
    }

    private Tally ask(String graph) throws InterruptedException {
        Tally tally = Tally.NOTHING;
        while (!ending) {
            tally = tally.and(once(graph));
            answers.release();
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
        return tally;
    }

    private Tally once(String graph) {
        long start = System.nanoTime();
        List<String> failures = new ArrayList<>();
        try {
            StoryDecisions.ask(client, graph);
        } catch (StepFailed | CallFailed failed) {
            failures.add(String.valueOf(failed.getMessage()));
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return new Tally(1, 1 - failures.size(), millis, failures.stream().findFirst());
    }
}
