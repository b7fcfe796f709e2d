// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.link.DaemonThreads;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes the API server of each member cluster through the control plane: Karmada itself reports a failure only after half a
 * minute. A cluster that has answered before and then does not for a while is silent. Silence means nothing while the
 * control plane does not answer either, or when all of several members fall silent: then the way to them is broken.
 */
final class MemberProbes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MemberProbes.class);
    private static final long TICK_MILLIS = 500;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);
    private static final int THREADS = 16;
    private static final int PROOF = 4;

    /** Checks whether the control plane has a way to the API server of a member. */
    enum ProbeRoute {
        /** Unknown: it has not been probed, or not recently. */
        UNKNOWN,
        /** The member has answered. */
        OPEN,
        /** The member has never answered, for example in Pull mode, where it calls the control plane itself. */
        NONE
    }

    /** One member, in times of the clock; 0 for none. */
    private static final class ProbedMember {
        private boolean asking;
        private long askedAt;
        private boolean answered;
        private boolean failed;
        private Optional<Long> failingSince = Optional.empty();
        private String why = "";
    }

    private final ApiServerConnection connection;
    private final Supplier<Set<String>> names;
    private final Supplier<Optional<Duration>> controlPlane;
    private final Duration limit;
    private final Consumer<String> onChange;
    private final LongSupplier nanos;
    private final ExecutorService threads;
    private final Map<String, ProbedMember> members = new TreeMap<>();
    private Set<String> silent = Set.of();
    private Optional<ScheduledFuture<?>> ticks = Optional.empty();

    /**
     * @param controlPlane time since the last answer of the control plane itself; empty: its last call failed
     * @param limit how long a member may be silent; zero: members are not probed
     * @param onChange receives the name of a member that has fallen silent, or answers again
     * @param nanos the time, as {@link System#nanoTime()} has it
     */
    MemberProbes(
            ApiServerConnection connection,
            Supplier<Set<String>> names,
            Supplier<Optional<Duration>> controlPlane,
            Duration limit,
            Consumer<String> onChange,
            LongSupplier nanos) {
        this.connection = connection;
        this.names = names;
        this.controlPlane = controlPlane;
        this.limit = limit;
        this.onChange = onChange;
        this.nanos = nanos;
        this.threads =
                Executors.newFixedThreadPool(THREADS, new DaemonThreads("smo-" + connection.system() + "-probes"));
    }

    synchronized void start(ScheduledExecutorService scheduler) {
        if (!limit.isZero()) {
            ticks = Optional.of(
                    scheduler.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    /** How long a member has been silent; empty while it is not, or that is unknown. */
    synchronized Optional<Duration> silence(String name) {
        return Optional.of(name).filter(silent::contains).flatMap(any -> Optional.ofNullable(members.get(name))
                .flatMap(member -> member.failingSince)
                .map(since -> Duration.ofNanos(nanos.getAsLong() - since)));
    }

    synchronized ProbeRoute way(String name) {
        return Optional.ofNullable(members.get(name)).map(this::way).orElse(ProbeRoute.UNKNOWN);
    }

    private ProbeRoute way(ProbedMember member) {
        if (member.answered) {
            return ProbeRoute.OPEN;
        }
        return member.failed && failsSince(member, limit.toNanos()) ? ProbeRoute.NONE : ProbeRoute.UNKNOWN;
    }

    private boolean failsSince(ProbedMember member, long forNanos) {
        return member.failingSince
                .filter(since -> nanos.getAsLong() - since >= forNanos)
                .isPresent();
    }

    synchronized boolean isIdle() {
        return members.values().stream().noneMatch(member -> member.asking);
    }

    /** Probes the members that are due, and reports those that have fallen silent. */
    void tick() {
        Set<String> present = names.get();
        Set<String> changed = new HashSet<>();
        synchronized (this) {
            members.keySet().retainAll(present);
            present.forEach(name -> ask(name, members.computeIfAbsent(name, any -> new ProbedMember())));
            Set<String> now = silentNow();
            now.stream().filter(name -> !silent.contains(name)).forEach(changed::add);
            silent.stream().filter(name -> !now.contains(name)).forEach(changed::add);
            changed.forEach(name -> LOG.warn(
                    "member probe changed cluster={}/{} state=\"{}\"",
                    connection.system(),
                    name,
                    now.contains(name) ? "silent: " + why(name) : "answering, or not probed"));
            silent = now;
        }
        changed.forEach(onChange);
    }

    private String why(String name) {
        return Optional.ofNullable(members.get(name)).map(member -> member.why).orElse("");
    }

    private Set<String> silentNow() {
        Optional<Duration> age = controlPlane.get();
        if (age.isEmpty()) {
            // missing answers of this time mean nothing for the members
            members.forEach((name, member) -> {
                if (!silent.contains(name)) {
                    member.failingSince = Optional.empty();
                }
            });
            return silent;
        }
        Set<String> found = new HashSet<>();
        members.forEach((name, member) -> {
            // a hanging control plane answers no probe: it must have answered while the member did not
            boolean proven =
                    failsSince(member, age.get().plus(limit.dividedBy(PROOF)).toNanos());
            if (member.answered && failsSince(member, limit.toNanos()) && (proven || silent.contains(name))) {
                found.add(name);
            }
        });
        long known = members.values().stream().filter(member -> member.answered).count();
        boolean all = known > 1
                && members.values().stream()
                        .noneMatch(member -> member.answered && !failsSince(member, limit.toNanos() / 2));
        return all ? silent : found;
    }

    private void ask(String name, ProbedMember member) {
        long now = nanos.getAsLong();
        // members without a route would block the threads for members that answer
        Duration pause = way(member) == ProbeRoute.NONE ? LONG_PAUSE : PAUSE;
        if (member.asking || (member.askedAt != 0 && now - member.askedAt < pause.toNanos())) {
            return;
        }
        try {
            member.asking = true;
            threads.execute(() -> probe(name, member));
        } catch (RejectedExecutionException ending) {
            member.asking = false;
            LOG.debug("member probe rejected member={}; the adapter is stopping", name, ending);
        }
    }

    private void probe(String name, ProbedMember member) {
        long sent = nanos.getAsLong();
        synchronized (this) {
            member.askedAt = sent;
            // counts only if no answer comes
            member.failingSince = member.failingSince.or(() -> Optional.of(sent));
            member.why = "no answer yet";
        }
        boolean good = false;
        String why = "";
        boolean reached = false;
        try {
            Optional<String> answer = connection.relayed(
                    "Probe member %s".formatted(name),
                    client -> Optional.ofNullable(client.raw(WorkloadObserver.proxy(name) + "/readyz")));
            good = true;
            reached = answer.isPresent();
        } catch (AdapterException e) {
            // a member that refuses is available
            good = e.kind() != Kind.UNAVAILABLE && e.kind() != Kind.TIMED_OUT;
            why = e.getMessage();
        } finally {
            answered(member, good, reached, why);
        }
    }

    private synchronized void answered(ProbedMember member, boolean good, boolean reached, String why) {
        member.asking = false;
        member.why = why;
        member.failed = !good;
        if (good) {
            member.answered |= reached;
            member.failingSince = Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        ticks.ifPresent(planned -> planned.cancel(false));
        threads.shutdownNow();
    }
}
