// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import eu.nephele.smo.lab.conformance.Check;
import eu.nephele.smo.lab.conformance.Check.Result;
import eu.nephele.smo.lab.conformance.run.Outcome.Late;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One examination of one plug-in: calls it on threads of its own, never longer than allowed, and turns what the checks find into
 * a report. One thread examines; the object is not for several.
 */
public final class Session {

    /** So many answers that come too late are enough to know that the others will, too. */
    private static final int LATE_ENOUGH = 3;

    /** What the last call may need beyond its limit to end after an interruption. */
    private static final long RESERVE_MILLIS = 600;

    private final long start = System.nanoTime();
    private final long totalMillis;
    private final Object plugin;
    private final ClassLoader mark;
    private int calls;
    private int late;
    private String over = "";
    private boolean ended;

    /** @param total wall-clock time for everything */
    public Session(Duration total, Object plugin) {
        this.totalMillis = Math.max(0, total.toMillis() - Math.min(RESERVE_MILLIS, total.toMillis() / 4));
        this.plugin = plugin;
        this.mark = new Mark(Session.class.getClassLoader());
    }

    /** By this loader the threads are known that a call has started: they inherit it. */
    private static final class Mark extends ClassLoader {
        Mark(ClassLoader parent) {
            super("smo-conformance", parent);
        }
    }

    /** Runs the checks in order. Once the examination cannot go on, the rest is skipped. */
    public List<Check> run(List<NamedCheck> checks) {
        List<Check> done = new ArrayList<>();
        for (NamedCheck check : checks) {
            if (!over.isEmpty()) {
                done.add(new Check(check.name(), ended ? Result.UNTRIED : Result.SKIPPED, over));
                continue;
            }
            try {
                done.add(new Check(check.name(), Result.PASSED, check.body().run(this)));
            } catch (Flaw flaw) {
                done.add(new Check(check.name(), Result.FAILED, text(flaw)));
                over = late >= LATE_ENOUGH ? "not tried: too many answers came too late" : "";
            } catch (NotTried reason) {
                done.add(new Check(check.name(), Result.SKIPPED, text(reason)));
            } catch (Abandoned stuck) {
                done.add(new Check(check.name(), Result.FAILED, text(stuck)));
                over = "not tried: an earlier call never ends";
            } catch (Ended end) {
                done.add(new Check(check.name(), Result.UNTRIED, text(end)));
                over = text(end);
                ended = true;
            }
        }
        return done;
    }

    /** From now on everything is skipped, for this reason. */
    public void giveUp(String why) {
        over = why;
    }

    private static String text(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }

    /**
     * Calls foreign code.
     *
     * @param limitMillis how long it may take
     */
    public <T> Outcome<T> call(long limitMillis, Callable<T> body) {
        return waiting(() -> await(started(body), limitMillis));
    }

    /**
     * Runs a part of a check that mixes foreign code with ours.
     *
     * @param what what is asked, for the message when there is no answer
     * @throws Flaw the one that the part throws, or when it throws anything else or comes too late
     */
    public <T> T examine(long limitMillis, String what, Callable<T> part) {
        return call(limitMillis, () -> Found.by(part)).orFlaw(what).orFlaw();
    }

    private record Found<T>(Optional<T> value, Optional<Flaw> flaw) {

        static <T> Found<T> by(Callable<T> part) throws Exception {
            try {
                return new Found<>(Optional.of(part.call()), Optional.empty());
            } catch (Flaw flaw) {
                return new Found<>(Optional.empty(), Optional.of(flaw));
            }
        }

        T orFlaw() {
            return value.orElseThrow(flaw::orElseThrow);
        }
    }

    /** Calls foreign code on several threads at the same time. */
    public <T> List<Outcome<T>> callTogether(long limitMillis, List<Callable<T>> bodies) {
        return waiting(() -> {
            List<Call<T>> running = bodies.stream().map(this::started).toList();
            List<Outcome<T>> outcomes = new ArrayList<>();
            for (Call<T> call : running) {
                outcomes.add(await(call, limitMillis));
            }
            return outcomes;
        });
    }

    /** Calls foreign code and interrupts it after a time; it has to end then, with whatever answer or exception. */
    public <T> Outcome<T> callAndInterrupt(long afterMillis, Callable<T> body) {
        return waiting(() -> started(body).interruptedAfter(Math.min(afterMillis, checkedRemainingMillis())));
    }

    private <T> Call<T> started(Callable<T> body) {
        checkedRemainingMillis();
        calls++;
        return new Call<>(body, mark, "smo-conformance-" + calls).start();
    }

    private <T> Outcome<T> await(Call<T> call, long limitMillis) throws InterruptedException {
        long remaining = checkedRemainingMillis();
        Outcome<T> outcome = call.await(Math.min(limitMillis, remaining));
        if (outcome instanceof Late<T>) {
            if (remaining < limitMillis) {
                throw timeIsUsedUp();
            }
            late++;
        }
        return outcome;
    }

    private interface Waiting<R> {
        R get() throws InterruptedException;
    }

    private static <R> R waiting(Waiting<R> body) {
        try {
            return body.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ended("not tried: the examination was interrupted");
        }
    }

    private long checkedRemainingMillis() {
        long remaining = totalMillis - elapsedMillis();
        if (remaining <= 0) {
            throw timeIsUsedUp();
        }
        return remaining;
    }

    private Ended timeIsUsedUp() {
        return new Ended("not tried: the time of the examination is used up");
    }

    private long elapsedMillis() {
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** A part of the whole time from now on, for a check that can try any number of things. */
    public Slot slot(double share) {
        long end = elapsedMillis() + (long) (share * totalMillis);
        return () -> elapsedMillis() < end;
    }

    /** Time that a check may use for more tries. */
    @FunctionalInterface
    public interface Slot {
        boolean open();
    }

    /** Threads that the plug-in has started in its calls and that still run, without those of the kit. */
    public Leftovers leftovers() {
        return new Leftovers(mark, plugin.getClass());
    }
}
