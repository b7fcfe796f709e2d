// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.api.event.EventSubscriber;
import eu.nephele.smo.api.event.SmoEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber that records its events. */
final class Heard implements EventSubscriber {

    private final List<SmoEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void on(SmoEvent event) {
        events.add(event);
    }

    /** Numbers in the received events, in their order. */
    List<Integer> numbers() {
        return events.stream()
                .map(event -> event.data()
                        .get("number")
                        .orElseThrow()
                        .asNumber()
                        .orElseThrow()
                        .intValue())
                .toList();
    }

    List<Long> sequences() {
        return events.stream().map(SmoEvent::sequence).toList();
    }

    int count() {
        return events.size();
    }
}
