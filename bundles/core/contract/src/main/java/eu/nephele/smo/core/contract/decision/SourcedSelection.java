// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.StrategySelection;

/**
 * A selection of a strategy with its origin.
 *
 * @param source {@code request}, {@code descriptor}, {@code service}, {@code project}; configuration and built-in
 *     values are added by the decider
 */
public record SourcedSelection(String source, StrategySelection selection) {}
