// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

/**
 * Something that is not as it must be.
 *
 * @param subject graph, service or operation
 * @param expected what should be
 * @param actual what is
 */
public record ChaosFinding(ChaosKind kind, String subject, String expected, String actual) {

    /** Kinds of findings. */
    public enum ChaosKind {
        /** an acknowledged change has no effect */
        LOST,
        /** something is in the world that nobody wants */
        ORPHANED,
        /** something was done twice */
        DOUBLED,
        /** something does not get on by itself */
        STUCK
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
