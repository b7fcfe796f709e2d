// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.load;

import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.core.contract.decision.DecisionJournal;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests decisions at a fixed rate from several threads and has each recorded in the journal. A request is due at its
 * moment, not when a thread is free for it: waiting for a plugin delays the others, and that counts as waiting, too.
 */
final class DecisionLoadGenerator {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionLoadGenerator.class);
    private static final Duration END = Duration.ofSeconds(30);
    private static final long NANOS_PER_MICRO = 1_000;

    private final PlacementDecider decider;
    private final DecisionJournal journal;
    private final LoadPlan plan;
    private final List<LoadGraph> graphs;
    private final Instant begin;
    private final long beginNanos;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Queue<Fallback> fallbacks = new ConcurrentLinkedQueue<>();
    private final AtomicIntegerArray waitedMicros;
    private final AtomicIntegerArray decidedMicros;
    private final Map<String, Instant> firsts = new ConcurrentHashMap<>();
    private final List<Thread> threads;
    private volatile boolean ending;

    /**
     * @param perSecond requests per second, all threads together
     * @param plugins strategies that the graphs want, in turns
     * @param mostSeconds limit after which it ends by itself
     */
    record LoadPlan(int perSecond, int threads, int graphs, List<String> plugins, int mostSeconds) {
        LoadPlan {
            plugins = List.copyOf(plugins);
            if (perSecond < 1 || threads < 1 || graphs < 1 || plugins.isEmpty() || mostSeconds < 1) {
                throw new IllegalArgumentException(
                        "perSecond, threads, graphs and seconds are 1 or more, and plugins are named");
            }
        }

        int most() {
            return perSecond * mostSeconds;
        }
    }

    /** A decision that another strategy made. */
    record Fallback(String plugin, Instant from, Instant to) {}

    private DecisionLoadGenerator(PlacementDecider decider, DecisionJournal journal, LoadPlan plan) {
        this.decider = decider;
        this.journal = journal;
        this.plan = plan;
        this.graphs = IntStream.range(0, plan.graphs())
                .mapToObj(number -> LoadGraph.of(
                        number, plan.plugins().get(number % plan.plugins().size())))
                .toList();
        this.waitedMicros = new AtomicIntegerArray(plan.most());
        this.decidedMicros = new AtomicIntegerArray(plan.most());
        this.begin = Instant.now();
        this.beginNanos = System.nanoTime();
        this.threads = IntStream.range(0, plan.threads())
                .mapToObj(number -> new Thread(this::ask, "smo-swap-" + number))
                .toList();
    }

    static DecisionLoadGenerator begin(PlacementDecider decider, DecisionJournal journal, LoadPlan plan) {
        DecisionLoadGenerator decisionLoadGenerator = new DecisionLoadGenerator(decider, journal, plan);
        decisionLoadGenerator.threads.forEach(thread -> thread.setDaemon(true));
        decisionLoadGenerator.threads.forEach(Thread::start);
        return decisionLoadGenerator;
    }

    private void ask() {
        long question = next.getAndIncrement();
        while (!ending && question < plan.most()) {
            long due = beginNanos + question * TimeUnit.SECONDS.toNanos(1) / plan.perSecond();
            for (long left = due - System.nanoTime(); left > 0 && !ending; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (ending) {
                break;
            }
            answer((int) question, due);
            question = next.getAndIncrement();
        }
    }

    private void answer(int question, long due) {
        LoadGraph graph = graphs.get(question % graphs.size());
        try {
            Instant asked = Instant.now();
            long start = System.nanoTime();
            PlacementOutcome outcome = decider.decide(graph.request(), graph.wishes(), Map.of());
            long end = System.nanoTime();
            decidedMicros.set(question, (int) ((end - start) / NANOS_PER_MICRO));
            waitedMicros.set(question, (int) ((end - due) / NANOS_PER_MICRO));
            if (!(outcome.result() instanceof Placed)) {
                failed.incrementAndGet();
            }
            if (outcome.fallback()) {
                fallbacks.add(new Fallback(
                        plan.plugins()
                                .get(question % graphs.size() % plan.plugins().size()),
                        asked,
                        Instant.now()));
            }
            firsts.computeIfAbsent(
                    outcome.decidedBy().id() + "/" + outcome.decidedBy().version(), first -> Instant.now());
            journal.record(outcome, 1);
        } catch (RuntimeException broken) {
            failed.incrementAndGet();
            LOG.error("decision failed graph={}", graph.request().graph(), broken);
        } finally {
            answered.incrementAndGet();
        }
    }

    /** Stops the load; when it returns, every request is answered. */
    void end() throws InterruptedException {
        ending = true;
        for (Thread thread : threads) {
            thread.join(END.toMillis());
        }
    }

    List<Fallback> fallbacks() {
        return List.copyOf(fallbacks);
    }

    /** Time of the first decision of a version, by {@code id/version}. */
    Map<String, Instant> firsts() {
        return Map.copyOf(firsts);
    }

    Instant begin() {
        return begin;
    }

    LoadPlan plan() {
        return plan;
    }

    /** Requests with an answer, be it an error. */
    long asked() {
        return answered.get();
    }

    long failed() {
        return failed.get();
    }

    /** From the moment at which each request was due to its answer; 0 without an answer. */
    int[] waitedMicros() {
        return numbers(waitedMicros);
    }

    /** Duration of each decision itself; 0 without a decision. */
    int[] decidedMicros() {
        return numbers(decidedMicros);
    }

    private int[] numbers(AtomicIntegerArray array) {
        int length = (int) Math.min(next.get(), array.length());
        return IntStream.range(0, length).map(array::get).toArray();
    }
}
