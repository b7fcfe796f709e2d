// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.attack.Cases.Case;
import eu.nephele.smo.lab.harness.server.RawResponse;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Sends cases, a few at once, slow ones beside them, and collects findings. */
final class Volley {

    /** A few senders keep a machine of two processors busy and leave some of it for the server. */
    private static final int SENDERS = 2;

    private static final int SLOW_SENDERS = 100;
    private static final int TELL_EVERY = 1000;

    private final RawConnection rawConnection;
    private final IntFunction<Case> cases;
    private final long pauseNanos;
    private final long untilNanos;
    private final PrintStream progress;
    private final ResponseJudge judge = new ResponseJudge();
    private final List<AttackFinding> findings = new ArrayList<>();
    private final List<String> made = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private int judged;

    /**
     * @param perSecond cases that are sent per second at most: a rate that an answer does not hold up and that leaves processor
     *     time to others
     * @param limit time after which no case is sent
     */
    Volley(RawConnection rawConnection, IntFunction<Case> cases, int perSecond, Duration limit, PrintStream progress) {
        this.rawConnection = rawConnection;
        this.cases = cases;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.untilNanos = System.nanoTime() + limit.toNanos();
        this.progress = progress;
    }

    /** Sends that many cases from the first on, and waits for all answers. */
    void fire(int first, int count) throws InterruptedException {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        ExecutorService slow = Executors.newFixedThreadPool(SLOW_SENDERS);
        try {
            long from = System.nanoTime();
            for (int i = 0; i < count && System.nanoTime() < untilNanos; i++) {
                // counted from the begin, not from the last case: a late case does not delay the others
                TimeUnit.NANOSECONDS.sleep(from + i * pauseNanos - System.nanoTime());
                int it = first + i;
                ExecutorService own = Cases.isSlow(it) ? slow : senders;
                own.execute(() -> send(it));
            }
            for (ExecutorService executor : List.of(senders, slow)) {
                executor.shutdown();
                executor.awaitTermination(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } finally {
            senders.shutdownNow();
            slow.shutdownNow();
        }
    }

    private void send(int number) {
        if (System.nanoTime() > untilNanos) {
            return;
        }
        try {
            Case it = cases.apply(number);
            add(it, rawConnection.send(it.shot()));
        } catch (InterruptedException e) {
            // the time is over: the case counts as not sent
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void add(Case it, ShotOutcome outcome) {
        judged++;
        statuses.merge(outcome.answer().map(RawResponse::status).orElse(0), 1, Integer::sum);
        judge.finding(it, outcome).ifPresent(findings::add);
        if (outcome.answer().filter(RawResponse::isGood).isPresent()) {
            it.shot().made().ifPresent(made::add);
        }
        if (judged % TELL_EVERY == 0) {
            progress.printf("  %d cases, %d findings%n", judged, findings.size());
        }
    }

    synchronized List<AttackFinding> findings() {
        return List.copyOf(findings);
    }

    synchronized List<String> made() {
        return List.copyOf(made);
    }

    synchronized Map<Integer, Integer> statuses() {
        return Map.copyOf(statuses);
    }

    synchronized int judged() {
        return judged;
    }
}
