// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Requested state of a resource.
 *
 * @param desired satisfies the schema of its kind
 * @param labels short texts to choose it by, instead of those that it has
 * @param ifGeneration only where this is its generation now, 0: only where it is not there; empty: as it is
 */
public record ResourceWish(JsonObject desired, Map<String, String> labels, OptionalLong ifGeneration) {

    public ResourceWish {
        labels = Map.copyOf(labels);
    }
}
