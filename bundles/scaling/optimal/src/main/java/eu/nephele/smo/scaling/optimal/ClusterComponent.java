// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import java.util.List;

/**
 * Clusters that are decided together.
 *
 * @param clusters positions in the request, ascending
 * @param targets positions in the request, ascending
 */
record ClusterComponent(List<Integer> clusters, List<Integer> targets) {}
