// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.profile;

import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Instant;

/**
 * What was measured of a service, the total over all its replicas. What is not known is NaN.
 *
 * @param artifact what it runs
 * @param workload which service
 * @param at end of the window over which the rates were taken
 * @param readyReplicas replicas that were ready
 * @param handledPerSecond requests per second that were answered
 * @param utilisation processor time in use divided by what all replicas may use, 0 to 1
 */
public record ServiceObservation(
        ArtifactVersion artifact,
        WorkloadRef workload,
        Instant at,
        int readyReplicas,
        double handledPerSecond,
        double utilisation) {}
