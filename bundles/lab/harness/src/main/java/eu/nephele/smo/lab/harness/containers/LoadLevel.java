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
    static final LoadLevel QUIET = new LoadLevel(4, 1);

    /** As much as two replicas do easily. */
    static final LoadLevel USUAL = new LoadLevel(10, 25);

    /** More than one replica may do. */
    static final LoadLevel HEAVY = new LoadLevel(12, 60);

    /** Half as much again for each request. */
    LoadLevel more() {
        return new LoadLevel(perSecond, burnMillis + burnMillis / 2);
    }

    @Override
    public String toString() {
        return "%d requests a second that burn %d ms each".formatted(perSecond, burnMillis);
    }
}
