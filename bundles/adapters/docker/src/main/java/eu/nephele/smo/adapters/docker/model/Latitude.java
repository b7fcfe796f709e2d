// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

/**
 * What the next step may do just now on one server.
 *
 * @param replacing places in which one replica may take over from another at once, those in which one does included
 * @param beside whether a new replica can run beside the one it takes over from: not where ports of the server are fixed,
 *     or it is full
 * @param missing of those wanted there, replicas that may be missing for the sake of a new revision
 * @param mayReplace whether an unhealthy replica may be replaced now
 * @param givenUp whether the newest revision is not tried any more beside an older one
 */
public record Latitude(int replacing, boolean beside, int missing, boolean mayReplace, boolean givenUp) {

    public static final Latitude USUAL = new Latitude(1, true, 0, true, false);
}
