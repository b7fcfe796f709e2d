// SPDX-License-Identifier: Apache-2.0
/** Placement strategies on instances of published formats: what they find in how much time, and how good that is. */
package eu.nephele.smo.lab.harness.placement;
