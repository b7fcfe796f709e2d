// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

/**
 * A fault of a strategy or objective.
 *
 * @param who its id and version, or name of the objective
 * @param what {@code missing}, {@code exception}, {@code timeout} (used up its budget, or has reached the wall-clock
 *     limit of it; the message says which), {@code invalid_answer}, {@code invalid_cost}, {@code incapable},
 *     {@code allocation} (took too much memory), {@code threads} (started too many), {@code stuck} (an earlier call has
 *     not ended), {@code starved} (has reached the wall-clock limit because the machine was too busy to run it or the
 *     process was stopped), {@code ejected} (not called)
 */
public record StrategyFault(String who, String what, String message) {}
