// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A placement problem out of a file.
 *
 * @param request costs in micro-units
 * @param knownBound a cost, in whole units of the file, that no placement is below, if the file has one
 */
public record Instance(String name, InstanceObjective objective, PlacementRequest request, OptionalLong knownBound) {

    /** As tables and options have it. */
    String objectiveName() {
        return objective.name().toLowerCase(Locale.ROOT);
    }
}
