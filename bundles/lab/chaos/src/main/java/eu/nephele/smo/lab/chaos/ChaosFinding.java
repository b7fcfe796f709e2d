// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

/**
 * Something that is not as it must be.
 *
 * @param subject graph, service or operation
 * @param expected what should be
 * @param actual what is
 */
public record Finding(Kind kind, String subject, String expected, String actual) {

    /** What is wrong. */
    public enum Kind {
        /** an acknowledged change has no effect */
        LOST,
        /** something is in the world that nobody wants */
        ORPHANED,
        /** something was done twice */
        DOUBLED,
        /** something does not get on by itself */
        STUCK
    }

    static Finding lost(String subject, String expected, String actual) {
        return new Finding(Kind.LOST, subject, expected, actual);
    }

    static Finding orphaned(String subject, String expected, String actual) {
        return new Finding(Kind.ORPHANED, subject, expected, actual);
    }

    static Finding doubled(String subject, String expected, String actual) {
        return new Finding(Kind.DOUBLED, subject, expected, actual);
    }

    static Finding stuck(String subject, String expected, String actual) {
        return new Finding(Kind.STUCK, subject, expected, actual);
    }
}
