// SPDX-License-Identifier: Apache-2.0
/** What many graphs and many owners cost, by simulation: {@code ./smo bench scale}. A program, not a bundle. */
package eu.nephele.smo.lab.scale;
