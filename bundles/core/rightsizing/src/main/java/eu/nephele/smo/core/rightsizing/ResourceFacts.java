// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a resource of a service.
 *
 * @param present request of one replica, in cores or bytes; 0 for none
 * @param ladder the installed classes, as far as its limit allows them
 * @param limit above which no request is accepted, in cores or bytes
 * @param use all that is known, in steps of the settings
 * @param fine the last hours in shorter steps, for peaks
 * @param changedAt last change of its artifact or its classes
 * @param reduction last change that made its request smaller
 * @param now time of the question
 */
record ResourceFacts(
        ComputeResource resource,
        double present,
        ClassLadder ladder,
        Optional<Double> limit,
        UseSeries use,
        UseSeries fine,
        Instant changedAt,
        Optional<Reduction> reduction,
        Instant now) {}
