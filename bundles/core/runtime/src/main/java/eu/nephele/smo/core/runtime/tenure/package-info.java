// SPDX-License-Identifier: Apache-2.0
/** What controllers are called under. */
package eu.nephele.smo.core.runtime.tenure;
