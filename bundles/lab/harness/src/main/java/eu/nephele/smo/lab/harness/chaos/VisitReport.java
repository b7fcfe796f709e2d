// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.util.List;

/**
 * Requests to services and their outcome.
 *
 * @param failed without an answer in time, or with another than 200
 * @param failures the first of those that failed, with their times
 */
public record VisitReport(long requests, long failed, List<String> failures) {

    public VisitReport {
        failures = List.copyOf(failures);
    }
}
