// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

/**
 * Durations that are played rather than caused: those of a real federation, divided by one common factor where tests shall not
 * wait. All in milliseconds.
 *
 * @param podStart from its node to ready
 * @param slowPodStart the same for an image with the tag {@code slow}
 * @param podStop from the order to end to its end
 * @param podRun run time of a pod of a Job
 * @param status from the status of a copy in its member to the status of its Work
 * @param clusterStatus between two polls of a member
 * @param notReady from the silence of a member to a Cluster that is not ready
 * @param readyAgain from the first answer of a member to a Cluster that is ready
 * @param noExecute from not ready to the taint {@code NoExecute}
 * @param eviction longest wait of an eviction for a healthy replacement
 * @param tolerationSecond duration of a second of a toleration
 */
public record PlayedDelays(
        long podStart,
        long slowPodStart,
        long podStop,
        long podRun,
        long status,
        long clusterStatus,
        long notReady,
        long readyAgain,
        long noExecute,
        long eviction,
        long tolerationSecond) {

    /** Values recorded from a real Karmada 1.5.4, or its defaults; the README tells them apart. */
    public static final PlayedDelays REAL =
            new PlayedDelays(4_000, 60_000, 3_000, 5_000, 2_000, 10_000, 38_000, 30_000, 16_000, 600_000, 1_000);

    private static final String FACTOR = "smo.testbed.factor";
    private static final int USUAL_FACTOR = 10;

    public PlayedDelays {
        if (podStart < 0 || notReady < 0) {
            throw new IllegalArgumentException("start-delay-millis and not-ready-millis are 0 or more");
        }
    }

    /**
     * Delays of tests: the real ones, divided by the system property {@code smo.testbed.factor}; without it by 10, and
     * by 1 beside a real Karmada.
     */
    public static PlayedDelays ofTests() {
        boolean real = !System.getenv().getOrDefault("SMO_KARMADA_BIN", "").isEmpty();
        return real ? REAL : REAL.dividedBy(Integer.getInteger(FACTOR, USUAL_FACTOR));
    }

    public PlayedDelays dividedBy(int factor) {
        if (factor < 1) {
            throw new IllegalArgumentException("factor %d: expected 1 or more".formatted(factor));
        }
        return new PlayedDelays(
                podStart / factor,
                slowPodStart / factor,
                podStop / factor,
                podRun / factor,
                status / factor,
                clusterStatus / factor,
                notReady / factor,
                readyAgain / factor,
                noExecute / factor,
                eviction / factor,
                tolerationSecond / factor);
    }

    /** A copy with other values of the most common fields. */
    public PlayedDelays with(long podStartMillis, long notReadyMillis) {
        return new PlayedDelays(
                podStartMillis,
                slowPodStart,
                podStop,
                podRun,
                status,
                clusterStatus,
                notReadyMillis,
                readyAgain,
                noExecute,
                eviction,
                tolerationSecond);
    }
}
