// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.shadow.Shadow;
import java.util.List;
import java.util.Optional;

/** Keeps shadows and their comparisons. Every method is one transaction. */
public interface ShadowStore {

    void save(Shadow shadow);

    List<Shadow> list();

    /** Removes a shadow with its comparisons. */
    void remove(String id);

    /**
     * Appends comparisons, oldest first, and keeps the newest {@code most} of each shadow; sums of a report are part of the newest.
     */
    void append(String shadow, List<JsonObject> comparisons, int most);

    /** Comparisons, newest first. */
    List<JsonObject> comparisons(String shadow, int limit);

    Optional<Shadow> find(String id);
}
