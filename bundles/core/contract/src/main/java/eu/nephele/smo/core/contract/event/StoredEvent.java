// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import eu.nephele.smo.api.event.SmoEvent;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.ResourceRef;
import java.time.Instant;
import java.util.Optional;

/**
 * A published event.
 *
 * @param id UUID, made when it was written
 * @param sequence from 1, without gaps, in the order of what happened within each graph
 */
public record StoredEvent(String id, long sequence, EventDraft draft) implements SmoEvent {

    @Override
    public String type() {
        return draft.type();
    }

    @Override
    public Instant time() {
        return draft.time();
    }

    @Override
    public Optional<GraphId> graph() {
        return draft.graph();
    }

    @Override
    public Optional<ResourceRef> resource() {
        return draft.about();
    }

    @Override
    public Optional<String> service() {
        return draft.service();
    }

    @Override
    public long generation() {
        return draft.generation();
    }

    @Override
    public Optional<String> operation() {
        return draft.operation();
    }

    @Override
    public String correlationId() {
        return draft.correlationId();
    }

    @Override
    public String traceParent() {
        return draft.traceParent();
    }

    @Override
    public JsonObject data() {
        return draft.data();
    }
}
