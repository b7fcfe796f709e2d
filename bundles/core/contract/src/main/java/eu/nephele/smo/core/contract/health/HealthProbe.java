// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.health;

/**
 * Probes whether a part does its work, by having it do some. One service for each part without which the server is not
 * right. It is called every second, on a thread of its own; {@code /health/ready} reports its last answer, and an
 * answer that does not come within two seconds is one too: it is not well.
 */
public interface HealthProbe {

    /** Name of the part, lower case; one of the checks of {@code /health/ready}. */
    String part();

    /** Returns the subject of the probe, for messages. */
    default String subject() {
        return "the " + part();
    }

    /** Returns the present state. An exception means that it is not well. */
    ProbeResult probe();

    /**
     * Result of a probe.
     *
     * @param restart whether nothing but a restart of the process mends it
     */
    record ProbeResult(boolean ok, boolean restart, String message) {

        /** It works. */
        public static ProbeResult well(String message) {
            return new ProbeResult(true, false, message);
        }

        /** It does not work, and may again by itself. */
        public static ProbeResult unwell(String message) {
            return new ProbeResult(false, false, message);
        }

        /** It does not work, and will not in this process. */
        public static ProbeResult broken(String message) {
            return new ProbeResult(false, true, message);
        }
    }
}
