// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import eu.nephele.smo.api.model.JsonValue.JsonArray;
import java.util.List;

/** Values for tests. */
final class PlayedValues {

    private PlayedValues() {}

    static JsonArray texts(String... items) {
        return JsonArray.ofStrings(List.of(items));
    }
}
