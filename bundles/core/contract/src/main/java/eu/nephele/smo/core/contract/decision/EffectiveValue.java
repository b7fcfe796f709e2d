// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.JsonValue;

/**
 * A value that counted and where it came from.
 *
 * @param name for example {@code strategy}, {@code objectives.moves}, {@code parameters.wUtil}
 * @param source {@code request}, {@code service}, {@code descriptor}, {@code intent}, {@code project}, {@code configuration}, {@code builtin}
 */
public record EffectiveValue(String name, JsonValue value, String source) {}
