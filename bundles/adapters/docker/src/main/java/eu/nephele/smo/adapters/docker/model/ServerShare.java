// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

/**
 * What is asked for on one server.
 *
 * @param replicas 0 or more
 * @param keepsRecord whether a spare stays when nothing runs
 */
public record ServerShare(int replicas, boolean keepsRecord) {

    /** Nothing at all. */
    public static final ServerShare GONE = new ServerShare(0, false);
}
