// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

/**
 * A release as it is.
 *
 * @param workload whose
 * @param assignment number of the assignment that wrote it last
 * @param revision counts changes of the release, from 1
 * @param status what became of the last change
 * @param message for people, "" when all is well
 */
public record ReleaseState(WorkloadRef workload, long assignment, int revision, Status status, String message) {

    public enum Status {
        DEPLOYED,
        PENDING,
        FAILED
    }
}
