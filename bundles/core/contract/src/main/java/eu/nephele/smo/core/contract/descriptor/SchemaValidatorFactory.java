// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.descriptor;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Violation;
import java.util.List;

/** Checks documents against schemas that bundles bring. Implemented by {@code core/descriptor}. */
public interface SchemaValidatorFactory {

    /**
     * @param schema JSON Schema, draft 2020-12
     * @throws IllegalArgumentException when it is none that can be used, saying why
     */
    Validator checker(JsonObject schema);

    @FunctionalInterface
    interface Validator {

        /**
         * Everything that is wrong, one mistake once; empty when nothing is.
         *
         * @param limit no more than this
         */
        List<Violation> check(JsonObject document, int limit);
    }
}
