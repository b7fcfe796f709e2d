// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.overview;

/** Numbers of graphs, services and replicas that are placed on a cluster. */
public record ClusterUse(int graphs, int services, int replicas) {

    public static final ClusterUse NOTHING = new ClusterUse(0, 0, 0);
}
