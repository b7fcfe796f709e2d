// SPDX-License-Identifier: Apache-2.0
/** Scaling requests whose cheapest answer is known or proven: whether the strategy {@code optimal} finds it, and in how much time. */
package eu.nephele.smo.lab.harness.scaling;
