// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.runtime.EngineActivity;
import eu.nephele.smo.core.contract.work.PassTimings;
import eu.nephele.smo.core.contract.work.PriorityLevel;
import eu.nephele.smo.core.contract.work.WorkQueue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reports the queue of graphs and the last passes to operators. */
final class PassActivity implements EngineActivity {

    private final WorkQueue<GraphId> queue;
    private final PassTimings<GraphId> times;
    private final int workers;

    PassActivity(WorkQueue<GraphId> queue, PassTimings<GraphId> times, int workers) {
        this.queue = queue;
        this.times = times;
        this.workers = workers;
    }

    @Override
    public Activity activity() {
        PassTimings.PassTotals passTotals = times.sums();
        return new Activity(
                passTotals.passes(),
                passTotals.time(),
                Arrays.stream(PriorityLevel.values()).map(this::waiting).toList(),
                workers,
                // removals may run on a key beside the workers
                Math.min(queue.running(), workers),
                passes(times.longest()),
                passes(times.costliest()));
    }

    private LaneBacklog waiting(PriorityLevel priorityLevel) {
        return new LaneBacklog(
                priorityLevel.name().toLowerCase(Locale.ROOT), queue.size(priorityLevel), queue.age(priorityLevel));
    }

    private static List<ReconcilePass> passes(List<PassTimings.TimedPass<GraphId>> passes) {
        return passes.stream()
                .map(pass -> new ReconcilePass(pass.key(), pass.ended(), pass.duration(), pass.processorTime()))
                .toList();
    }
}
