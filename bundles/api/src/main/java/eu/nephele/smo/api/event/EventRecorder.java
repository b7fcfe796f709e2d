// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.event;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import org.osgi.annotation.versioning.ProviderType;

/** Takes note of what happens outside to something of a graph, by the bundle that did or saw it. */
@ProviderType
public interface EventRecorder {

    /**
     * Stores an event and publishes it with its place in the sequence. To be called by the owner of the database, after what it tells
     * of has happened; not for each of many small things.
     *
     * @param type noun and past participle: {@code container.replaced}
     * @param data documented with the type
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} when it cannot be stored now
     */
    void record(String type, GraphId graph, String service, JsonObject data);
}
