// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.placement.PlacementRequest;

/**
 * A placement problem that can be reproduced.
 *
 * @param origin the Java expression that creates it, or its name
 */
record PlacementCase(String origin, PlacementRequest request) {

    /** Returns whether a solution exists for certain. */
    boolean feasible() {
        return origin.startsWith("RandomProblems.federation(");
    }

    int size() {
        return request.services().size() * request.clusters().size();
    }

    String text() {
        return "%s\n%s".formatted(origin, PlacementCaseSource.render(request));
    }
}
