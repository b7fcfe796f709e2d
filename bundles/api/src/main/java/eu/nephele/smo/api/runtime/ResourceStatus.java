// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.List;

/**
 * Observed state of a resource.
 *
 * @param phase in a word
 * @param observedGeneration the generation that this was said of, 0 before the first pass
 * @param observed what its controller saw
 * @param conditions by type, each once
 */
public record ResourceStatus(Phase phase, long observedGeneration, JsonObject observed, List<Condition> conditions) {

    /** Nothing was seen of it. */
    public static final ResourceStatus NOTHING = new ResourceStatus(Phase.PENDING, 0, JsonObject.EMPTY, List.of());

    public ResourceStatus {
        conditions = List.copyOf(conditions);
    }

    /** Where a resource is. */
    public enum Phase {
        /** accepted, nothing done */
        PENDING,
        /** something is under way */
        PROGRESSING,
        /** as it shall be */
        READY,
        /** it cannot become what it shall be unless somebody does something */
        FAILED,
        /** it is being removed */
        LEAVING
    }
}
