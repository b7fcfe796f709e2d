// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.work.Scheduler;
import eu.nephele.smo.core.contract.work.ThreadScheduler;
import eu.nephele.smo.core.fleet.FleetPlan.PlannedStep;
import eu.nephele.smo.core.fleet.KeptPlan.PlanOrigin;
import eu.nephele.smo.core.fleet.KeptPlan.PlanState;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Plans of the fleet that this process keeps; they end with it. */
@Component(service = FleetPlans.class, configurationPid = "eu.nephele.smo.core.fleet")
@Designate(ocd = FleetConfig.class)
public final class FleetPlans implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int QUESTIONS = 2;

    private final FleetDependencies dependencies;
    private final FleetSettings settings;
    private final FleetPlanner planner;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Semaphore one = new Semaphore(1);
    private final Semaphore questions = new Semaphore(QUESTIONS);
    private volatile boolean closed;
    /** Begins anew with each start: a plan is made in seconds, and the world has moved on meanwhile. */
    private final Map<String, KeptPlan> plans = new LinkedHashMap<>();

    @Activate
    public FleetPlans(FleetConfig config, @Reference FleetDependencies dependencies) {
        this(
                dependencies,
                new FleetSettings(
                        config.strategy(),
                        config.maxMoves(),
                        Duration.ofSeconds(config.budgetSeconds()),
                        config.blockServices(),
                        Duration.ofSeconds(config.planValiditySeconds()),
                        config.keptPlans(),
                        config.stepsAtOnce()),
                new ThreadScheduler("fleet", 1),
                Clock.systemUTC(),
                System::nanoTime);
    }

    /** For programs that embed the core. */
    public FleetPlans(
            FleetDependencies dependencies,
            FleetSettings settings,
            Scheduler scheduler,
            Clock clock,
            LongSupplier nanoTime) {
        this.dependencies = dependencies;
        this.settings = settings;
        this.planner = new FleetPlanner(dependencies, settings, clock, nanoTime);
        this.scheduler = scheduler;
        this.clock = clock;
    }

    @Override
    @Deactivate
    public void close() {
        closed = true;
        scheduler.close();
    }

    KeptPlan plan(FleetRequest request, PlanOrigin origin) {
        if (!one.tryAcquire()) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "Another plan of the fleet is made now; try again when it is done",
                    Optional.of(SOON));
        }
        try {
            KeptPlan kept = new KeptPlan(planner.plan(request), origin);
            keep(kept);
            return kept;
        } finally {
            one.release();
        }
    }

    /** Beside the plans that are made, so that nobody who only asks keeps others from planning. */
    KeptPlan whatIf(FleetRequest request) {
        if (request.whatIf().isEmpty()) {
            throw SmoException.invalid(
                    "The question is about the present world; make a plan",
                    List.of(new Violation("/whatIf", "`whatIf` is missing")));
        }
        if (!questions.tryAcquire()) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "%d questions about other worlds are being answered; try again when they are done"
                            .formatted(QUESTIONS),
                    Optional.of(Duration.ofSeconds(1)));
        }
        try {
            return new KeptPlan(planner.plan(hasty(request)), PlanOrigin.ASKED);
        } finally {
            questions.release();
        }
    }

    private static FleetRequest hasty(FleetRequest request) {
        return request.budgetSeconds().isPresent()
                ? request
                : new FleetRequest(
                        request.graphs(),
                        request.objectives(),
                        request.maxMoves(),
                        request.strategy(),
                        OptionalInt.of(1),
                        request.whatIf());
    }

    private synchronized void keep(KeptPlan kept) {
        plans.put(kept.plan().id(), kept);
        List<String> done = plans.entrySet().stream()
                .filter(entry -> entry.getValue().progress().state() != PlanState.APPLYING)
                .map(Map.Entry::getKey)
                .limit(Math.max(0, plans.size() - settings.kept()))
                .toList();
        done.forEach(plans::remove);
    }

    synchronized Optional<KeptPlan> find(String id) {
        return Optional.ofNullable(plans.get(id));
    }

    /** The kept plans, the newest first. */
    synchronized List<KeptPlan> kept() {
        List<KeptPlan> newest = new ArrayList<>(plans.values());
        Collections.reverse(newest);
        return List.copyOf(newest);
    }

    synchronized boolean forget(String id) {
        Optional<KeptPlan> kept = Optional.ofNullable(plans.remove(id));
        kept.ifPresent(plan -> plan.stop("the plan was deleted"));
        return kept.isPresent();
    }

    KeptPlan apply(String id, RequestOrigin origin) {
        if (closed) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE, "smo", "Plans of the fleet are being restarted", Optional.of(SOON));
        }
        KeptPlan kept = find(id).orElseThrow(() -> SmoException.notFound(
                "The fleet has no plan %s; it may have been replaced by newer ones".formatted(id)));
        FleetPlan plan = kept.plan();
        if (plan.hypothetical()) {
            throw SmoException.invalid(
                    "Plan %s asks what would be; nothing of it can be applied".formatted(id), List.of());
        }
        if (kept.progress().state() != PlanState.PLANNED) {
            throw appliedBefore(id);
        }
        if (!clock.instant().isBefore(plan.expiresAt())) {
            throw stale(id, "it expired at " + plan.expiresAt());
        }
        for (PlannedStep step : plan.steps()) {
            if (!dependencies.world().basis(step.graph()).equals(step.basis())) {
                throw stale(id, "graph %s has changed since".formatted(step.graph()));
            }
        }
        if (!kept.begin()) {
            throw appliedBefore(id);
        }
        new FleetRollout(kept, dependencies.world(), scheduler, origin, settings.atOnce()).begin();
        return kept;
    }

    private static SmoException appliedBefore(String id) {
        return SmoException.conflict("Plan %s was applied before. Make a new plan".formatted(id));
    }

    private static SmoException stale(String id, String why) {
        return SmoException.conflict("Plan %s does not hold any more: %s. Make a new plan".formatted(id, why));
    }
}
