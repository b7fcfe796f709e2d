// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

/**
 * How long things take that nobody computes here: those of a real federation, divided by one common factor where nobody wants to
 * wait. All in milliseconds.
 *
 * @param podStart from its node to ready
 * @param slowPodStart the same for an image with the tag {@code slow}
 * @param podStop from the order to end to its end
 * @param podRun how long a pod of a Job works
 * @param status from the status of a copy in its member to the status of its Work
 * @param clusterStatus between two looks at what a member has
 * @param notReady how long a member is silent until its Cluster is not ready
 * @param readyAgain how long a member answers again until its Cluster is ready
 * @param noExecute from not ready to the taint {@code NoExecute}
 * @param eviction how long an eviction waits for a replacement that is healthy
 * @param tolerationSecond how long a second of a toleration takes
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

    /** Recorded from a real Karmada 1.5.4, or its defaults; the README says which is what. */
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
     * Those of tests: the real ones, divided by the system property {@code smo.testbed.factor}; without it by 10, and by 1 beside a
     * real Karmada.
     */
    public static PlayedDelays ofTests() {
        boolean real = !System.getenv().getOrDefault("SMO_KARMADA_BIN", "").isEmpty();
        return real ? REAL : REAL.dividedBy(Integer.getInteger(FACTOR, USUAL_FACTOR));
    }

    /** The same world, so many times as fast. */
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

    /** With others for what is changed most often. */
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
