// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

/**
 * Continuous client traffic.
 *
 * @param graphs number of changing graphs, 1 or more
 * @param clients number of clients, each with its own graphs, 1 or more
 * @param filled whether all graphs are deployed before the first kill
 */
public record Traffic(int graphs, int clients, boolean filled) {}
