// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.context;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.trace.Tracing;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.engine.work.AdmissionController;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Clock;

/**
 * Collaborators of the parts of an engine.
 *
 * @param queue graphs that wait for a pass; all work on a graph goes through it
 * @param admission checked before a change is stored
 * @param clock instants, for people and for stored times
 * @param time durations, for graces
 */
public record EngineContext(
        EngineDependencies engineDependencies,
        EngineSettings settings,
        WorkQueue<GraphId> queue,
        AdmissionController admission,
        Clock clock,
        SeenTime time) {

    public EngineStores memory() {
        return engineDependencies.engineStores();
    }

    public Tracing tracing() {
        return engineDependencies.tracing();
    }

    public void wake(GraphId graph) {
        queue.add(graph);
    }
}
