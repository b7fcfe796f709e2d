// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

/**
 * What is asked of the service.
 *
 * @param perSecond requests, unless too many are under way
 * @param burnMillis processor time that each of them costs
 */
record LoadLevel(int perSecond, int burnMillis) {

    /** Nearly nothing. */
    static final LoadLevel QUIET = new LoadLevel(2, 1);

    /** As much as two replicas do easily. */
    static final LoadLevel USUAL = new LoadLevel(10, 25);

    /** More than one replica may do. */
    static final LoadLevel HEAVY = new LoadLevel(12, 60);

    /** More would take from the server what it decides with. */
    private static final int MOST_MILLIS = 250;

    /** Half as much again for each request, up to a limit. */
    LoadLevel more() {
        return new LoadLevel(perSecond, Math.min(MOST_MILLIS, burnMillis + burnMillis / 2));
    }

    @Override
    public String toString() {
        return "%d requests a second that burn %d ms each".formatted(perSecond, burnMillis);
    }
}
