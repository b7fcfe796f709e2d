// SPDX-License-Identifier: Apache-2.0
/** Simulates the cost of many graphs and many owners: {@code ./smo bench scale}. A program, not a bundle. */
package eu.nephele.smo.lab.harness.scale;
