// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.Notification;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.Scenario.ScenarioMoment;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only lock and the passing of time. Each access to the world first makes all changes that are due by then, in the
 * order of their time; so the world is a function of time and of the calls, whether or not it was read in between.
 */
public final class World {

    /** Value of {@code smo.cluster.source} of everything simulated. */
    public static final String SOURCE = "sim";

    static final String SYSTEM = "simulator";

    private static final Logger LOG = LoggerFactory.getLogger(World.class);

    private final Lock lock = new ReentrantLock();
    private final WorldClock clock;
    private final Scenario scenario;
    private final Instant begin;
    private final ChangeNotifier changeNotifier;
    private final ActionExecutor actionExecutor;
    private final Nodes nodes = new Nodes();
    private final InstalledReleases releases = new InstalledReleases();
    private final PodLifecycle pods;
    private final LoadHistory loads = new LoadHistory();
    private final Set<Outage> outages = EnumSet.noneOf(Outage.class);
    private final AlertMonitoring monitoring;
    private final WriteCounts writes = new WriteCounts();
    private final NotificationDispatcher notificationDispatcher;
    private final Deque<ScenarioMoment> timeline;
    private final Consumer<Instant> nextDue;

    /**
     * @param nextDue gets the time of the next change by itself after each change; {@link Instant#MAX} when none will come
     */
    public World(
            Scenario scenario,
            WorldClock clock,
            Executor announcer,
            NotificationDispatcher notificationDispatcher,
            Consumer<Instant> nextDue) {
        this.scenario = scenario;
        this.clock = clock;
        this.nextDue = nextDue;
        this.begin = clock.now();
        this.changeNotifier = new ChangeNotifier(announcer);
        this.actionExecutor = new ActionExecutor(changeNotifier);
        this.pods =
                new PodLifecycle(scenario.startupDelay(), scenario.terminationDelay(), changeNotifier::workloadChanged);
        this.notificationDispatcher = notificationDispatcher;
        this.monitoring = new AlertMonitoring(scenario, clock, begin, notificationDispatcher);
        this.timeline = new ArrayDeque<>(scenario.timeline());
        scenario.clusters().forEach(nodes::add);
        scenario.loads().forEach((selector, profile) -> loads.set(selector, profile, begin));
        passTime();
    }

    /** Makes all changes that are due now. */
    public void passTime() {
        change(state -> state);
    }

    public void strike(WorldAction action) {
        change(state -> {
            actionExecutor.strike(state, action);
            return state;
        });
    }

    /** Returns whether an order of ours ever exceeded the capacity of a cluster, clusters that left since included. */
    public boolean overbookedEver() {
        return change(state -> state.nodes().overbookedEver());
    }

    Scenario scenario() {
        return scenario;
    }

    WorldClock clock() {
        return clock;
    }

    ActionExecutor fate() {
        return actionExecutor;
    }

    ChangeNotifier announcements() {
        return changeNotifier;
    }

    /** Reads the world and, perhaps, changes it. */
    <T> T change(Function<WorldState, T> work) {
        lock.lock();
        try {
            Instant now = clock.now();
            settle(now);
            T result;
            try {
                result = work.apply(state(now));
            } finally {
                pods.schedule(now);
                settle(now);
                nextDue.accept(due());
            }
            return result;
        } finally {
            lock.unlock();
            changeNotifier.deliver();
            notificationDispatcher.deliver(this::takeBack);
        }
    }

    private void takeBack(Notification sent) {
        change(state -> {
            monitoring.groups().takeBack(sent, state.now());
            return state;
        });
    }

    private WorldState state(Instant now) {
        return new WorldState(now, nodes, releases, pods, loads, outages, monitoring, writes);
    }

    private void settle(Instant now) {
        for (Instant due = due(); !due.isAfter(now); due = due()) {
            if (!dueByTimeline().isAfter(due)) {
                strikeByTimeline(timeline.remove(), due);
                pods.schedule(due);
            } else if (!pods.nextReady().isAfter(due)) {
                pods.finishNext();
            } else if (!pods.nextEnded().isAfter(due)) {
                pods.freeNext();
                pods.schedule(due);
            } else {
                monitoring.happen(state(due));
            }
        }
    }

    private Instant due() {
        return Stream.of(dueByTimeline(), pods.nextReady(), pods.nextEnded(), monitoring.due())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private Instant dueByTimeline() {
        ScenarioMoment next = timeline.peek();
        return next == null ? Instant.MAX : begin.plus(next.after());
    }

    /** A call on demand may have overtaken the timeline; the world goes on. */
    private void strikeByTimeline(ScenarioMoment moment, Instant at) {
        try {
            actionExecutor.strike(state(at), moment.action());
        } catch (NoSuchElementException | IllegalStateException e) {
            LOG.warn(
                    "timeline action skipped scenario=\"{}\" after={} reason=\"{}\"",
                    scenario.name(),
                    moment.after(),
                    e.getMessage());
        }
    }
}
