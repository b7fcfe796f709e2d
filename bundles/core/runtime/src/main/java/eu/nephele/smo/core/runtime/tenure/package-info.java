// SPDX-License-Identifier: Apache-2.0
/** Tenure for calls of controllers. */
package eu.nephele.smo.core.runtime.tenure;
