// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import java.time.Instant;

/**
 * Something that was changed or deleted outside.
 *
 * @param service whose
 * @param field what differs: {@code release}, {@code values}, {@code replicas}, {@code clusters}
 * @param expected as this system left it
 * @param actual as it was found
 * @param since when it was seen first
 */
public record Drift(String service, String field, String expected, String actual, Instant since) {}
