// SPDX-License-Identifier: Apache-2.0
/** Plans of generated fleets: the time they take, what they gain, and whether their steps fit one after the other. */
package eu.nephele.smo.lab.harness.fleet;
