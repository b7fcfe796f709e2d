// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static eu.nephele.smo.core.journal.ConfigurationBounds.atLeastOne;

import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.PlanStore;
import eu.nephele.smo.core.contract.store.RevisionStore;
import eu.nephele.smo.core.contract.work.ClockJumps;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Lets go of operations with the keys of their requests, revisions and plans that are old. The stores keep what is
 * still referred to: operations that are not final, the descriptor a graph has and the one it would go back to.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "eu.nephele.smo.core.journal")
public final class OperationRetention implements AutoCloseable {

    private final PruneScheduler pruning;

    /** @param tenure the owner of the database removes */
    @Activate
    public OperationRetention(
            JournalConfig config,
            @Reference OperationStore operations,
            @Reference RevisionStore revisions,
            @Reference PlanStore plans,
            @Reference Tenure tenure) {
        this(
                new RetentionSettings(
                        Duration.ofDays(atLeastOne("operationDays", config.operationDays())),
                        atLeastOne("operationRecords", config.operationRecords()),
                        Duration.ofHours(atLeastOne("keyHours", config.keyHours())),
                        (int) atLeastOne("revisionsPerGraph", config.revisionsPerGraph()),
                        Duration.ofHours(atLeastOne("planHours", config.planHours())),
                        Duration.ofMinutes(atLeastOne("pruneMinutes", config.pruneMinutes()))),
                operations,
                revisions,
                plans,
                Clock.systemUTC(),
                System::nanoTime);
    }

    /**
     * For programs that embed the core.
     *
     * @param operations how long final operations are kept
     * @param operationRecords how many of them at most
     * @param keys how long a request is recognised by its idempotency key
     * @param plans how long a plan is kept after it has expired
     */
    public record RetentionSettings(
            Duration operations,
            long operationRecords,
            Duration keys,
            int revisionsPerGraph,
            Duration plans,
            Duration pruneEvery) {}

    /**
     * For programs that embed the core.
     *
     * @param clock that ages are measured by; a run before which it was set ahead is skipped
     * @param nanos as {@link System#nanoTime}
     */
    public OperationRetention(
            RetentionSettings settings,
            OperationStore operations,
            RevisionStore revisions,
            PlanStore plans,
            Clock clock,
            LongSupplier nanos) {
        this.pruning = new PruneScheduler(
                "smo-retention",
                settings.pruneEvery(),
                new ClockJumps(clock, nanos),
                List.of(
                        new PruneScheduler.PruneTask(
                                "operations",
                                () -> operations.prune(
                                        clock.instant().minus(settings.operations()),
                                        settings.operationRecords(),
                                        clock.instant().minus(settings.keys()))),
                        new PruneScheduler.PruneTask("revisions", () -> revisions.prune(settings.revisionsPerGraph())),
                        new PruneScheduler.PruneTask(
                                "plans", () -> plans.prune(clock.instant().minus(settings.plans())))));
        pruning.begin();
    }

    /** Removes what is too old or too much, unless the clock was set ahead since the last time. */
    public void prune() {
        pruning.run();
    }

    @Deactivate
    @Override
    public void close() {
        pruning.close();
    }
}
