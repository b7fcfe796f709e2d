// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.runtime;

import eu.nephele.smo.api.model.GraphId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Present activity of the engine; reading it costs no more than copying some numbers. */
public interface EngineActivity {

    Activity activity();

    /**
     * @param passes passes over graphs that have ended since the engine began
     * @param passTime their duration, summed up
     * @param waiting graphs that wait for a worker, by reason
     * @param workers graphs that can be worked on at once
     * @param workersBusy graphs that are worked on now
     * @param longest graphs with the longest passes of the last one to two minutes, longest first, at most ten
     * @param costliest the same by processor time
     */
    record Activity(
            long passes,
            Duration passTime,
            List<LaneBacklog> waiting,
            int workers,
            int workersBusy,
            List<ReconcilePass> longest,
            List<ReconcilePass> costliest) {

        public Activity {
            waiting = List.copyOf(waiting);
            longest = List.copyOf(longest);
            costliest = List.copyOf(costliest);
        }
    }

    /**
     * @param reason why they wait: {@code change}, {@code removal}, {@code progress} or {@code routine}
     * @param oldest how long the first of them has waited; zero when none waits
     */
    record LaneBacklog(String reason, int graphs, Duration oldest) {}

    /**
     * A pass over a graph.
     *
     * @param duration from its begin to its end, waiting for outside systems and plugins included
     * @param processorTime of its own thread; calls of plugins have threads of their own
     */
    record ReconcilePass(GraphId graph, Instant ended, Duration duration, Duration processorTime) {}
}
