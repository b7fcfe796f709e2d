// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.time.Instant;

/**
 * The last change that made a request smaller.
 *
 * @param before request of a replica before it, in cores or bytes
 * @param after request of a replica after it, less than before
 */
record Reduction(Instant at, double before, double after) {}
