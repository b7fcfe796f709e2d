// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.api.event.EventRecorder;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Puts events of others into the outbox. */
@Component(service = EventRecorder.class)
public final class StoredRecorder implements EventRecorder {

    private final EventStore store;
    private final Clock clock;

    @Activate
    public StoredRecorder(@Reference EventStore store) {
        this(store, Clock.systemUTC());
    }

    StoredRecorder(EventStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void record(String type, GraphId graph, String service, JsonObject data) {
        store.append(List.of(new EventDraft(
                type,
                clock.instant(),
                Optional.of(ResourceRef.of(graph)),
                Optional.of(service),
                0,
                Optional.empty(),
                "",
                "",
                data)));
    }
}
