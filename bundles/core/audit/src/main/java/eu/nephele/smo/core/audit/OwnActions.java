// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.audit.AuditBatch;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditCursor;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditDraft;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.store.AuditStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the SMO does by itself, from the log of events, in which it was written in the transaction of its change. The position in the
 * log is stored with the entries: each event has one. Events are taken a round after they were published: a database may show one a
 * moment before those that precede it.
 */
final class OwnActions {

    /** Who did it. */
    static final String ACTOR = "smo";

    private static final String CURSOR = "events";
    private static final int MOST = 500;

    /** After so many events without an entry the position is stored nevertheless. */
    private static final long SILENCE = 1000;

    private static final EventFilter TYPES = new EventFilter(
            Set.of(
                    "placement.*",
                    "scaling.*",
                    "hdag.degraded",
                    "hdag.recovered",
                    "hdag.rolled_back",
                    "hdag.failed",
                    "hdag.drifted",
                    "service.moved",
                    "cluster.unavailable",
                    "cluster.available",
                    "strategy.*",
                    "plugin.*",
                    "fleet.*"),
            Set.of());

    private static final List<String> DETAILS =
            List.of("reason", "strategy", "version", "cluster", "from", "to", "kind", "id", "why", "plan", "message");

    private final EventStore events;
    private final AuditStore store;
    private final LongSupplier epoch;
    private long published;
    private OptionalLong place = OptionalLong.empty();

    OwnActions(EventStore events, AuditStore store, LongSupplier epoch) {
        this.events = events;
        this.store = store;
        this.epoch = epoch;
    }

    /** Appends what was published before the last round; returns what was appended. */
    List<AuditEntry> run() {
        long bound = published;
        published = events.last();
        long from = place.orElseGet(() -> store.cursor(CURSOR).orElse(0));
        // until it is known again, as after a failure whose outcome is unknown
        place = OptionalLong.empty();
        List<AuditEntry> appended = List.of();
        if (bound > from) {
            List<StoredEvent> found = events.after(from, TYPES, MOST).stream()
                    .filter(event -> event.sequence() <= bound)
                    .toList();
            long reached = found.size() == MOST ? found.get(MOST - 1).sequence() : bound;
            if (!found.isEmpty() || reached - from >= SILENCE) {
                appended = store.write(new AuditBatch(
                        epoch.getAsLong(),
                        found.stream().map(OwnActions::draft).toList(),
                        List.of(),
                        Optional.of(new AuditCursor(CURSOR, reached))));
            }
            from = reached;
        }
        place = OptionalLong.of(from);
        return appended;
    }

    private static AuditDraft draft(StoredEvent event) {
        AuditRecord content = new AuditRecord(
                event.time(),
                ACTOR,
                "",
                event.type(),
                target(event),
                isFailure(event.type()) ? "failed" : "accepted",
                event.correlationId(),
                "",
                "",
                DETAILS.stream().flatMap(name -> detail(event, name)).collect(Collectors.joining(" ")),
                text(event, "decision").orElse(""),
                "");
        return new AuditDraft(event.id(), content, true);
    }

    private static boolean isFailure(String type) {
        return type.endsWith("failed") || type.endsWith("infeasible") || type.endsWith("refused");
    }

    private static String target(StoredEvent event) {
        String service = event.service().map(name -> "/" + name).orElse("");
        return event.resource()
                .map(ResourceRef::toString)
                .map(resource -> resource + service)
                .or(() -> text(event, "cluster")
                        .map(name -> "cluster/" + text(event, "source").orElse("") + "/" + name))
                .or(() -> text(event, "id").map(id -> "strategy/" + id))
                .orElse("");
    }

    private static Stream<String> detail(StoredEvent event, String name) {
        return event.data().get(name).stream().filter(OwnActions::isShort).map(value -> {
            String text = value.asString().orElseGet(value::toJson);
            return text.contains(" ") ? "%s=\"%s\"".formatted(name, text) : name + "=" + text;
        });
    }

    private static boolean isShort(JsonValue value) {
        return value.asString().filter(text -> !text.isEmpty()).isPresent()
                || value.asNumber().isPresent();
    }

    private static Optional<String> text(StoredEvent event, String name) {
        return event.data().get(name).flatMap(JsonValue::asString);
    }
}
