// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.time.Instant;

/**
 * Use of a resource at one moment.
 *
 * @param total over all replicas, in cores or bytes, 0 or more
 * @param replicas that are ready, more than 0
 */
record UsePoint(Instant at, double total, double replicas) {

    /** Mean over the replicas. */
    double perReplica() {
        return total / replicas;
    }
}
