// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

/**
 * A deviation from the expected state.
 *
 * @param subject graph, service or operation
 */
public record ChaosFinding(ChaosKind kind, String subject, String expected, String actual) {

    public enum ChaosKind {
        /** an acknowledged change has no effect */
        LOST,
        /** the world has an object without a request */
        ORPHANED,
        /** an action was done twice */
        DOUBLED,
        /** an operation or process makes no progress by itself */
        STUCK
    }

    /** For people, in three lines. */
    String text() {
        return "%s %s%n    expected: %s%n    found:    %s"
                .formatted(ChaosResult.lower(kind), subject, expected, actual);
    }

    static ChaosFinding lost(String subject, String expected, String actual) {
        return new ChaosFinding(ChaosKind.LOST, subject, expected, actual);
    }

    static ChaosFinding orphaned(String subject, String expected, String actual) {
        return new ChaosFinding(ChaosKind.ORPHANED, subject, expected, actual);
    }

    static ChaosFinding doubled(String subject, String expected, String actual) {
        return new ChaosFinding(ChaosKind.DOUBLED, subject, expected, actual);
    }

    static ChaosFinding stuck(String subject, String expected, String actual) {
        return new ChaosFinding(ChaosKind.STUCK, subject, expected, actual);
    }
}
