// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.runtime.EngineActivity;
import eu.nephele.smo.core.contract.work.Lane;
import eu.nephele.smo.core.contract.work.PassTimes;
import eu.nephele.smo.core.contract.work.WorkQueue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Tells operators of the queue of graphs and of the last passes. */
final class PassActivity implements EngineActivity {

    private final WorkQueue<GraphId> queue;
    private final PassTimes<GraphId> times;
    private final int workers;

    PassActivity(WorkQueue<GraphId> queue, PassTimes<GraphId> times, int workers) {
        this.queue = queue;
        this.times = times;
        this.workers = workers;
    }

    @Override
    public Activity activity() {
        PassTimes.Sums sums = times.sums();
        return new Activity(
                sums.passes(),
                sums.time(),
                Arrays.stream(Lane.values()).map(this::waiting).toList(),
                workers,
                // removals may run on a key beside the workers
                Math.min(queue.running(), workers),
                passes(times.longest()),
                passes(times.costliest()));
    }

    private Waiting waiting(Lane lane) {
        return new Waiting(lane.name().toLowerCase(Locale.ROOT), queue.size(lane), queue.age(lane));
    }

    private static List<Pass> passes(List<PassTimes.Pass<GraphId>> passes) {
        return passes.stream()
                .map(pass -> new Pass(pass.key(), pass.ended(), pass.duration(), pass.processorTime()))
                .toList();
    }
}
