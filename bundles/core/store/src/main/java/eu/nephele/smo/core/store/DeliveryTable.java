// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.store.row.DeliveryColumns;
import eu.nephele.smo.core.store.row.InstantColumn;
import eu.nephele.smo.core.store.row.WebhookRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.persistence.LockModeType;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries inside one transaction. The first waiting one of a lane is marked {@code NEXT}, so that due deliveries are
 * found without reading all waiting ones. Transactions that change waiting deliveries lock the row of the webhook: the
 * mark is always right.
 */
final class DeliveryTable {

    private static final int LANES_PER_QUERY = 500;

    private static final String INSERT =
            "insert into delivery (webhook, sequence, lane, state, attempts, next_attempt_at, finished_at, last_status, last_error)"
                    + " values (?, ?, ?, ?, 0, ?, null, 0, '')";

    private final Sql sql;

    DeliveryTable(Sql sql) {
        this.sql = sql;
    }

    /** Locks one webhook; false when it was deleted. */
    boolean lock(String webhook) {
        return !sql.values("select id from webhook where id = ?1 for update", webhook)
                .isEmpty();
    }

    /** Holds all webhooks and gives them. */
    List<Webhook> lockAll() {
        return sql.entities()
                .createQuery("select w from WebhookRow w order by w.id", WebhookRow.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .map(WebhookRow::webhook)
                .toList();
    }

    void add(Webhook webhook, List<StoredEvent> events) {
        Set<String> lanes = new TreeSet<>();
        events.forEach(event -> lanes.add(DeliveryColumns.lane(event)));
        Set<String> busy = busy(webhook.id(), List.copyOf(lanes));
        List<@Nullable Object[]> rows = new ArrayList<>(events.size());
        for (StoredEvent event : events) {
            String lane = DeliveryColumns.lane(event);
            String state = busy.add(lane) ? DeliveryColumns.NEXT : "WAITING";
            rows.add(new Object[] {webhook.id(), event.sequence(), lane, state, InstantColumn.text(event.time())});
        }
        sql.batch(INSERT, rows);
    }

    private Set<String> busy(String webhook, List<String> lanes) {
        Set<String> busy = new HashSet<>();
        for (int from = 0; from < lanes.size(); from += LANES_PER_QUERY) {
            List<String> some = lanes.subList(from, Math.min(lanes.size(), from + LANES_PER_QUERY));
            List<Object> parameters = new ArrayList<>(List.of(webhook));
            parameters.addAll(some);
            sql.values(
                            "select lane from delivery where webhook = ?1 and state = 'NEXT' and lane in ("
                                    + Sql.marks(2, some.size()) + ")",
                            parameters.toArray())
                    .forEach(lane -> busy.add((String) lane));
        }
        return busy;
    }

    /** Marks the first that waits in a lane of a webhook that is held, when none is marked. */
    void advance(String webhook, String lane) {
        if (busy(webhook, List.of(lane)).isEmpty()) {
            // The order names all columns of the index: H2 uses it then.
            sql.values(
                            "select sequence from delivery where webhook = ?1 and state = 'WAITING' and lane = ?2"
                                    + " order by webhook, state, lane, sequence fetch first 1 rows only",
                            webhook,
                            lane)
                    .forEach(sequence -> sql.update(
                            "update delivery set state = 'NEXT' where webhook = ?1 and sequence = ?2",
                            webhook,
                            sequence));
        }
    }

    /**
     * Lets dead deliveries of a webhook that is held wait again.
     *
     * @param sequences which; all when empty
     */
    int replay(String webhook, Set<Long> sequences, Instant now) {
        String statement =
                "update delivery set state = 'WAITING', attempts = 0, next_attempt_at = ?, finished_at = null"
                        + " where webhook = ? and state = 'DEAD'";
        List<@Nullable Object[]> rows = new ArrayList<>();
        new TreeSet<>(sequences)
                .forEach(sequence -> rows.add(new Object[] {InstantColumn.text(now), webhook, sequence}));
        if (sequences.isEmpty()) {
            rows.add(new Object[] {InstantColumn.text(now), webhook});
        }
        int replayed = sql.batch(statement + (sequences.isEmpty() ? "" : " and sequence = ?"), rows).stream()
                .mapToInt(Integer::intValue)
                .sum();
        if (replayed > 0) {
            mark(webhook);
        }
        return replayed;
    }

    /** Marks the first of each lane of a webhook that is held anew. */
    void mark(String webhook) {
        sql.update("update delivery set state = 'WAITING' where webhook = ?1 and state = 'NEXT'", webhook);
        sql.update(
                "update delivery set state = 'NEXT' where webhook = ?1 and state = 'WAITING' and sequence in"
                        + " (select min(sequence) from delivery where webhook = ?2 and state = 'WAITING' group by lane)",
                webhook,
                webhook);
    }
}
