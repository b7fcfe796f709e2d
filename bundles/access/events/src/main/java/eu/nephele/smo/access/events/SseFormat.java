// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.api.event.SmoEvent;
import eu.nephele.smo.core.contract.event.CloudEventJson;

/**
 * Server-sent events as the HTML standard writes them, in UTF-8.
 *
 * @param instanceId id of this installation, the source of its events
 */
record SseFormat(String instanceId) {

    /** Time after which an {@code EventSource} reconnects. */
    private static final int RECONNECT_MILLIS = 2000;

    /** Proxies may hold back the first bytes of an answer: a comment of this length releases them. */
    private static final int PADDING = 2048;

    private static final EventFrames FAREWELL = EventFrames.text(": this part of the server ends, connect again\n\n");

    /** The start of a stream, so that a client that is disconnected before the first event can resume, too. */
    EventFrames greeting(long sequence) {
        return EventFrames.text(
                "retry: %d\nid: %d\n\n:%s\n\n".formatted(RECONNECT_MILLIS, sequence, " ".repeat(PADDING)));
    }

    EventFrames event(SmoEvent event) {
        return EventFrames.text("id: %d\nevent: %s\ndata: %s\n\n"
                .formatted(event.sequence(), event.type(), CloudEventJson.toJson(event, instanceId)));
    }

    /** Says that events after a sequence are no longer kept. */
    EventFrames gap(long after, long first) {
        return EventFrames.text(
                "id: %d\nevent: gap\ndata: {\"after\":%d,\"first\":%d}\n\n".formatted(first - 1, after, first));
    }

    /** A heartbeat with the progress, which includes events skipped by the filter. */
    EventFrames heartbeat(long sequence) {
        return EventFrames.text(": heartbeat\nid: %d\n\n".formatted(sequence));
    }

    EventFrames farewell() {
        return FAREWELL;
    }
}
