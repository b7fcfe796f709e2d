// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

/**
 * Stable key of an outside effect. A step may run again, its effect exists once: adapters write the key as name, description or
 * label and look for it before they write.
 *
 * @param workload the service
 * @param assignment number of the decision that wants the effect
 * @param step name of the step, for example {@code install}
 */
public record StepKey(WorkloadRef workload, long assignment, String step) {

    /** {@code project/graph/service/assignment/step}. */
    @Override
    public String toString() {
        return workload + "/" + assignment + "/" + step;
    }
}
