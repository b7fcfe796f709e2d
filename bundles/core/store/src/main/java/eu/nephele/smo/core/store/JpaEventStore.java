// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.store.row.EventColumns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Events in the tables {@code outbox} and {@code event}. */
@Component(service = EventStore.class)
public final class JpaEventStore implements EventStore {

    private final Transactions transactions;
    private final Outbox outbox;

    @Activate
    public JpaEventStore(@Reference Database database) {
        this.transactions = database.transactions();
        this.outbox = database.outbox();
    }

    @Override
    public void append(List<EventDraft> events) {
        transactions.write("store " + events.size() + " events", entities -> {
            outbox.append(entities, events);
            return true;
        });
    }

    @Override
    public List<StoredEvent> publish(int limit) {
        return isOutboxEmpty()
                ? List.of()
                : transactions.write("publish events", entities -> publish(new Sql(entities), limit));
    }

    /** Reads without a transaction: a poll of an empty outbox keeps no writer waiting. */
    private boolean isOutboxEmpty() {
        return transactions.read("read the events to publish", entities -> new Sql(entities)
                .values("select ordinal from outbox order by ordinal fetch first 1 rows only")
                .isEmpty());
    }

    private static List<StoredEvent> publish(Sql sql, int limit) {
        // Locked first: who would publish at the same time sees what is left.
        long last = number(sql, "select last_sequence from event_counter where id = 1 for update");
        List<StoredEvent> waiting =
                sql.list(EventColumns::event, EventColumns.WAITING + " fetch first " + limit + " rows only");
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<StoredEvent> events = new ArrayList<>(waiting.size());
        List<@Nullable Object[]> rows = new ArrayList<>(waiting.size());
        List<@Nullable Object[]> ordinals = new ArrayList<>(waiting.size());
        for (StoredEvent draft : waiting) {
            StoredEvent event = new StoredEvent(draft.id(), last + events.size() + 1, draft.draft());
            events.add(event);
            rows.add(EventColumns.toRow(event));
            ordinals.add(new Object[] {draft.sequence()});
        }
        sql.update("update event_counter set last_sequence = ?1 where id = 1", last + events.size());
        sql.batch(EventColumns.PUBLISH, rows);
        sql.batch("delete from outbox where ordinal = ?", ordinals);
        DeliveryTable deliveries = new DeliveryTable(sql);
        for (Webhook webhook : deliveries.lockAll()) {
            deliveries.add(
                    webhook, events.stream().filter(webhook.filter()::accepts).toList());
        }
        return List.copyOf(events);
    }

    @Override
    public List<StoredEvent> after(long sequence, EventFilter filter, int limit) {
        EventLogQuery query = new EventLogQuery(sequence, filter, limit);
        return transactions.read("read events after " + sequence, entities -> query.run(new Sql(entities)));
    }

    @Override
    public long first() {
        return transactions.read(
                "read the number of the first event",
                entities -> number(
                        new Sql(entities),
                        "select coalesce((select min(sequence) from event), last_sequence + 1) from event_counter where id = 1"));
    }

    @Override
    public long last() {
        return transactions.read(
                "read the number of the last event",
                entities -> number(new Sql(entities), "select last_sequence from event_counter where id = 1"));
    }

    private static long number(Sql sql, String query, Object... parameters) {
        return ((Number) sql.values(query, parameters).get(0)).longValue();
    }

    @Override
    public OptionalLong cursor(String subscriber) {
        return transactions.read("read the cursor of subscriber " + subscriber, entities -> new Sql(entities)
                .values("select sequence from subscriber_cursor where subscriber = ?1", subscriber).stream()
                        .mapToLong(sequence -> ((Number) sequence).longValue())
                        .findFirst());
    }

    @Override
    public void saveCursor(String subscriber, long sequence) {
        transactions.write("store the cursor of subscriber " + subscriber, entities -> {
            List<@Nullable Object[]> rows = new ArrayList<>();
            rows.add(new Object[] {sequence, subscriber});
            new Sql(entities)
                    .upsert(
                            "update subscriber_cursor set sequence = ? where subscriber = ?",
                            "insert into subscriber_cursor (sequence, subscriber) values (?, ?) on conflict do nothing",
                            rows);
            return true;
        });
    }

    @Override
    public long prune(Instant before, long maximum) {
        return new BatchedDelete(transactions, "prune the events")
                .run(entities -> new EventRetention(new Sql(entities)).removeOldest(before, maximum));
    }
}
