// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.context;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Clock;

/**
 * Collaborators of the parts of an engine.
 *
 * @param rooms what the engine calls
 * @param queue graphs that wait for a pass; nobody works on a graph but through it
 * @param admission asked before a change is stored
 * @param clock tells when, for people and for what is stored
 * @param time tells how long, for graces
 */
public record EngineContext(
        EngineDependencies rooms,
        EngineSettings settings,
        WorkQueue<GraphId> queue,
        AdmissionControl admission,
        Clock clock,
        SeenTime time) {

    /** Where the engine keeps what it must not forget. */
    public EngineStores memory() {
        return rooms.memory();
    }

    /** Has a graph looked at soon. */
    public void wake(GraphId graph) {
        queue.add(graph);
    }
}
