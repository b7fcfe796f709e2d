// SPDX-License-Identifier: Apache-2.0
/** A day of three regions in virtual time: what strategies emit, cost and move, and whether they keep the intents. */
package eu.nephele.smo.lab.harness.energy;
