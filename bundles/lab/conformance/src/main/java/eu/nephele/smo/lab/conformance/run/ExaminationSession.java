// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.api.time.UsedTime;
import eu.nephele.smo.lab.conformance.Check;
import eu.nephele.smo.lab.conformance.Check.Result;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Late;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * One examination of one plug-in: calls it on threads of its own, never longer than allowed, and turns the findings of
 * its checks into a report. One thread examines; the object is not for several.
 */
public final class ExaminationSession {

    /** Number of late answers after which the examination ends: others would be late, too. */
    private static final int LATE_ENOUGH = 3;

    /** Milliseconds beyond its limit that the last call may take to end after an interrupt. */
    private static final long RESERVE_MILLIS = 600;

    /** Longest wait for an interrupted call that hangs in the operating system. */
    private static final Duration LAST_INTERRUPTION = Duration.ofSeconds(6);

    /** Pauses of the process are not counted, up to as much again as the whole. */
    private static final int WALL_PER_TOTAL = 2;

    private final UsedTime time = UsedTime.ofOneThatLooksAtItself();
    private final long totalMillis;
    private final Deadline total;
    private final Object plugin;
    private final ClassLoader mark;
    private int calls;
    private int late;
    private String over = "";
    private boolean ended;

    /** @param total time for everything, without pauses of the process; begins now, for the calling thread */
    public ExaminationSession(Duration total, Object plugin) {
        time.begin();
        this.totalMillis = Math.max(0, total.toMillis() - Math.min(RESERVE_MILLIS, total.toMillis() / 4));
        this.total = Deadline.of(time, totalMillis, WALL_PER_TOTAL * totalMillis);
        this.plugin = plugin;
        this.mark = new Mark(ExaminationSession.class.getClassLoader());
    }

    /** This loader identifies threads that a call has started: they inherit it. */
    private static final class Mark extends ClassLoader {
        Mark(ClassLoader parent) {
            super("smo-conformance", parent);
        }
    }

    public List<Check> run(List<NamedCheck> checks) {
        List<Check> done = new ArrayList<>();
        for (NamedCheck check : checks) {
            if (!over.isEmpty()) {
                done.add(new Check(check.name(), ended ? Result.UNTRIED : Result.SKIPPED, over));
                continue;
            }
            try {
                done.add(new Check(check.name(), Result.PASSED, check.body().run(this)));
            } catch (FlawException flaw) {
                done.add(new Check(check.name(), Result.FAILED, text(flaw)));
                over = late >= LATE_ENOUGH ? "not tried: too many answers came too late" : "";
            } catch (NotTried reason) {
                done.add(new Check(check.name(), Result.SKIPPED, text(reason)));
            } catch (AbandonedCallException stuck) {
                done.add(new Check(check.name(), Result.FAILED, text(stuck)));
                over = "not tried: an earlier call never ends";
            } catch (ExaminationEndedException end) {
                done.add(new Check(check.name(), Result.UNTRIED, text(end)));
                over = text(end);
                ended = true;
            }
        }
        return done;
    }

    public void giveUp(String why) {
        over = why;
    }

    private static String text(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }

    /** The wall-clock time after which a session of this total has ended, whatever the plug-in and the machine do. */
    public static Duration most(Duration total) {
        return total.multipliedBy(WALL_PER_TOTAL).plus(LAST_INTERRUPTION);
    }

    /** @param limitMillis time that the call may use */
    public <T> CallOutcome<T> call(long limitMillis, Callable<T> body) {
        return callTimed(limitMillis, used -> body.call());
    }

    /** As {@link #call}, for a call that gets its used time. */
    public <T> CallOutcome<T> callTimed(long limitMillis, TimedCall<T> body) {
        return waiting(() -> {
            ForeignCall<T> call = started(body);
            return await(call, limitMillis, List.of(call));
        });
    }

    /**
     * Runs a part of a check that mixes foreign code with ours.
     *
     * @param what the question, for the message when there is no answer
     * @throws FlawException the one that the part throws, or when it throws anything else or comes too late
     */
    public <T> T examine(long limitMillis, String what, Callable<T> part) {
        return call(limitMillis, () -> SessionFinding.by(part)).orFlaw(what).orFlaw();
    }

    private record SessionFinding<T>(Optional<T> value, Optional<FlawException> flaw) {

        static <T> SessionFinding<T> by(Callable<T> part) throws Exception {
            try {
                return new SessionFinding<>(Optional.of(part.call()), Optional.empty());
            } catch (FlawException flaw) {
                return new SessionFinding<>(Optional.empty(), Optional.of(flaw));
            }
        }

        T orFlaw() {
            return value.orElseThrow(flaw::orElseThrow);
        }
    }

    /** Calls foreign code on several threads at the same time. */
    public <T> List<CallOutcome<T>> callTogether(long limitMillis, List<TimedCall<T>> bodies) {
        return waiting(() -> {
            List<ForeignCall<T>> running = bodies.stream().map(this::started).toList();
            List<CallOutcome<T>> outcomes = new ArrayList<>();
            for (ForeignCall<T> call : running) {
                outcomes.add(await(call, limitMillis, running));
            }
            return outcomes;
        });
    }

    /** Calls foreign code and interrupts it after a time; it has to end then, with whatever answer or exception. */
    public <T> CallOutcome<T> callAndInterrupt(long afterMillis, Callable<T> body) {
        return waiting(() -> {
            ForeignCall<T> call = started(used -> body.call());
            return call.interruptedAfter(Math.min(afterMillis, checkedRemainingMillis()), () -> lookAt(List.of(call)));
        });
    }

    private <T> ForeignCall<T> started(TimedCall<T> body) {
        checkedRemainingMillis();
        calls++;
        return new ForeignCall<>(body, mark, "smo-conformance-" + calls).start();
    }

    private <T> CallOutcome<T> await(ForeignCall<T> call, long limitMillis, List<ForeignCall<T>> running)
            throws InterruptedException {
        CallOutcome<T> outcome = call.await(limitMillis, total, () -> lookAt(running));
        late += outcome instanceof Late<T> ? 1 : 0;
        return outcome;
    }

    private <T> void lookAt(List<ForeignCall<T>> running) {
        time.look();
        running.forEach(ForeignCall::inspect);
    }

    private interface PendingCall<R> {
        R get() throws InterruptedException;
    }

    private static <R> R waiting(PendingCall<R> body) {
        try {
            return body.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExaminationEndedException("not tried: the examination was interrupted");
        }
    }

    private long checkedRemainingMillis() {
        time.look();
        if (total.passed()) {
            throw ExaminationEndedException.timeIsUsedUp();
        }
        return total.remainingMillis();
    }

    private long usedMillis() {
        time.look();
        return TimeUnit.NANOSECONDS.toMillis(time.nanos());
    }

    public TimeSlot slot(double share) {
        long end = usedMillis() + (long) (share * totalMillis);
        return () -> usedMillis() < end;
    }

    /** Time that a check may use for more tries. */
    @FunctionalInterface
    public interface TimeSlot {
        boolean open();
    }

    /** Threads that the plug-in has started in its calls and that still run, without those of the kit. */
    public LeftoverThreads leftovers() {
        return new LeftoverThreads(mark, plugin.getClass());
    }
}
