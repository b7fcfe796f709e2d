// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

/**
 * Continuous client traffic.
 *
 * @param graphs how many are changed, 1 or more
 * @param clients how many change them, each its own, 1 or more
 * @param filled whether all graphs are deployed before the first kill
 */
public record Traffic(int graphs, int clients, boolean filled) {}
