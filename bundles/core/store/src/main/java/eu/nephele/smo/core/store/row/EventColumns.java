// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import java.time.Instant;
import java.util.Optional;

/** Events in the tables {@code outbox} and {@code event}. */
public final class EventColumns {

    private static final String NAMES =
            "id, type, happened_at, kind, project, name, service, generation, operation, correlation_id,"
                    + " trace_parent, data";

    public static final String APPEND =
            "insert into outbox (" + NAMES + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    public static final String WAITING = "select ordinal, " + NAMES + " from outbox order by ordinal";
    public static final String PUBLISH =
            "insert into event (sequence, " + NAMES + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    public static final String SELECT = "select sequence, " + NAMES + " from event";
    /** The columns of {@link #SELECT}, of a table called {@code e}. */
    static final String OF_E = "e.sequence, e." + NAMES.replace(", ", ", e.");

    private EventColumns() {}

    public static Object[] toRow(String id, EventDraft draft) {
        return new Object[] {
            id,
            draft.type(),
            InstantColumn.text(draft.time()),
            draft.about().map(ResourceRef::kind).orElse(""),
            draft.about().map(ResourceRef::project).orElse(""),
            draft.about().map(ResourceRef::name).orElse(""),
            draft.service().orElse(""),
            draft.generation(),
            draft.operation().orElse(""),
            draft.correlationId(),
            draft.traceParent(),
            draft.data().toJson()
        };
    }

    public static Object[] toRow(StoredEvent event) {
        Object[] draft = toRow(event.id(), event.draft());
        Object[] values = new Object[draft.length + 1];
        values[0] = event.sequence();
        System.arraycopy(draft, 0, values, 1, draft.length);
        return values;
    }

    /** @param row read with {@link #SELECT}, or with {@link #WAITING} when the ordinal is to be the sequence */
    public static StoredEvent event(Object... row) {
        return event(new RowReader(row));
    }

    static StoredEvent event(RowReader rowReader) {
        long sequence = rowReader.number();
        String id = rowReader.text();
        String type = rowReader.text();
        Instant time = rowReader.instant();
        Optional<ResourceRef> about = rowReader.optionalResource();
        Optional<String> service = rowReader.optionalText();
        long generation = rowReader.number();
        Optional<String> operation = rowReader.optionalText();
        String correlationId = rowReader.text();
        String traceParent = rowReader.text();
        return new StoredEvent(
                id,
                sequence,
                new EventDraft(
                        type,
                        time,
                        about,
                        service,
                        generation,
                        operation,
                        correlationId,
                        traceParent,
                        JsonFieldReader.from(rowReader.json()).object()));
    }
}
