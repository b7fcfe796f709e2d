// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.event.EventGap;
import eu.nephele.smo.access.client.event.EventSelection;
import eu.nephele.smo.access.client.event.EventSubscription;
import eu.nephele.smo.access.client.event.ReconnectDelay;
import eu.nephele.smo.access.client.json.JsonFields;
import eu.nephele.smo.access.client.model.SmoCloudEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Events as a list and as a stream. */
public final class EventCalls {

    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    private final CallFactory calls;

    public EventCalls(CallFactory calls) {
        this.calls = calls;
    }

    /** The events after a sequence, at most as many as the server answers at once. */
    public SmoCall<List<SmoCloudEvent>> list(EventSelection filter, long after) {
        String query = filter.query();
        return calls.get(CallFactory.nativePath("events") + (query.isEmpty() ? "?" : query + "&") + "after=" + after)
                .as(page -> JsonFields.items(page.path("items"), SmoCloudEvent::from));
    }

    /**
     * Events as they happen, to be closed.
     *
     * @param lastEventId sequence of the last event that is known, or what {@link EventSubscription#lastEventId()} was; "" to begin
     *     with the first {@link EventSubscription#next()}
     * @param gaps is told of events that the server did not keep
     */
    public EventSubscription subscribe(EventSelection filter, String lastEventId, Consumer<EventGap> gaps) {
        return new EventSubscription(calls, filter, lastEventId, gaps, new ReconnectDelay(FIRST_DELAY, LONGEST_DELAY));
    }
}
