// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.work.Scheduler;
import eu.nephele.smo.core.contract.work.Scheduler.Timer;
import eu.nephele.smo.core.contract.work.ThreadScheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes plans at the configured times while this server owns the database. One after the other: times that come while a plan is
 * made, and those of a server that was down, stood by or slept, are not made up.
 */
@Component(service = HealthWarnings.class, immediate = true, configurationPid = FleetSchedule.PID)
public final class FleetSchedule implements HealthWarnings, AutoCloseable {

    static final String PID = "eu.nephele.smo.core.fleet";

    private static final Logger LOG = LoggerFactory.getLogger(FleetSchedule.class);

    /** The wanted time is one of the wall clock, which may be set meanwhile; timers count by another clock. */
    private static final Duration LOOK = Duration.ofSeconds(30);
    /** A run that is so late was missed. */
    private static final Duration LATE = Duration.ofMinutes(2);
    /** A clock that is set back by less brings no time for the second time; by more, it was wrong before. */
    private static final Duration SET_BACK = Duration.ofHours(1);

    private final FleetScheduleSettings settings;
    private final Consumer<Tenure> run;
    private final Scheduler scheduler;
    private final Clock clock;

    // guarded by this
    private Optional<Tenure> tenure = Optional.empty();
    // guarded by this
    private Optional<Instant> due = Optional.empty();
    // guarded by this
    private Optional<Instant> last = Optional.empty();
    // guarded by this
    private Timer timer = () -> {};

    @Activate
    public FleetSchedule(FleetConfig config, @Reference FleetPlans plans, @Reference ScheduledPlanReport report) {
        this(
                FleetScheduleSettings.from(config),
                plans,
                report,
                new ThreadScheduler("fleet-schedule", 1),
                Clock.systemUTC());
    }

    private FleetSchedule(
            FleetScheduleSettings settings,
            FleetPlans plans,
            ScheduledPlanReport report,
            Scheduler scheduler,
            Clock clock) {
        this(settings, new ScheduledPlanRun(plans, settings, report)::run, scheduler, clock);
    }

    /** @param run makes a plan; it throws nothing */
    FleetSchedule(FleetScheduleSettings settings, Consumer<Tenure> run, Scheduler scheduler, Clock clock) {
        this.settings = settings;
        this.run = run;
        this.scheduler = scheduler;
        this.clock = clock;
        settings.faults().forEach(LOG::warn);
    }

    /** The owner of the database makes plans. */
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    synchronized void bindTenure(Tenure held) {
        tenure = Optional.of(held);
        next();
    }

    synchronized void unbindTenure(Tenure over) {
        tenure = tenure.filter(held -> held != over);
        if (tenure.isEmpty()) {
            timer.cancel();
        }
    }

    // guarded by this
    private void next() {
        Instant now = clock.instant();
        Instant from = last.filter(came -> came.isAfter(now) && came.isBefore(now.plus(SET_BACK)))
                .orElse(now);
        due = settings.times().flatMap(times -> times.next(from));
        due.ifPresent(this::arm);
    }

    // guarded by this
    private void arm(Instant wanted) {
        Duration left = Duration.between(clock.instant(), wanted);
        timer.cancel();
        timer = scheduler.after(left.compareTo(LOOK) < 0 ? left : LOOK, () -> look(wanted));
    }

    private void look(Instant wanted) {
        reached(wanted).ifPresent(owner -> {
            try {
                run.accept(new ScheduleTenure(owner, this::holds));
            } finally {
                proceed();
            }
        });
    }

    /** Returns the tenure when the time has come. */
    private synchronized Optional<Tenure> reached(Instant wanted) {
        if (tenure.isEmpty() || !due.equals(Optional.of(wanted))) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (now.isBefore(wanted)) {
            // not the same time again: a clock that was far ahead may have been set right
            next();
            return Optional.empty();
        }
        last = Optional.of(wanted);
        if (now.isAfter(wanted.plus(LATE))) {
            LOG.warn("scheduled plan of the fleet missed at={} now={}; the next one comes at its time", wanted, now);
            next();
            return Optional.empty();
        }
        return tenure;
    }

    private synchronized boolean holds(Tenure owner) {
        return tenure.filter(held -> held == owner).isPresent();
    }

    private synchronized void proceed() {
        if (tenure.isPresent()) {
            next();
        }
    }

    @Override
    public String subject() {
        return "fleet-schedule";
    }

    @Override
    public List<String> warnings() {
        return settings.faults();
    }

    @Override
    @Deactivate
    public void close() {
        synchronized (this) {
            tenure = Optional.empty();
            timer.cancel();
        }
        scheduler.close();
    }
}
