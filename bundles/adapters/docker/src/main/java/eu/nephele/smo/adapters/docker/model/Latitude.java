// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

/**
 * What the next step may do just now.
 *
 * @param surge replicas beyond those wanted, 0 or 1: 0 where ports of the server are fixed, or it is full
 * @param mayReplace whether an unhealthy replica may be replaced now
 * @param givenUp whether the newest revision is not tried any more beside an older one
 */
public record Latitude(int surge, boolean mayReplace, boolean givenUp) {

    public static final Latitude USUAL = new Latitude(1, true, false);
}
