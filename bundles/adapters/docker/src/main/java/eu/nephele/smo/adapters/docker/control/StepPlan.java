// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.model.NextStep;
import java.util.List;

/**
 * What is to be done on one server now.
 *
 * @param departures replicas that leave at the same time, each as soon as nothing is sent to it any more
 * @param next what is to be done meanwhile
 */
record StepPlan(List<StepDeparture> departures, NextStep next) {

    StepPlan {
        departures = List.copyOf(departures);
    }

    /**
     * A running replica that leaves.
     *
     * @param end what becomes of it
     */
    record StepDeparture(String id, ReplicaEnd end) {}

    /** What becomes of a replica that was stopped. */
    enum ReplicaEnd {
        REMOVED,
        /** it records the workload */
        SPARE,
        /** it keeps its name until another one took over */
        STOPPED
    }
}
