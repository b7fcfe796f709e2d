// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookStore;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.store.row.DeliveryColumns;
import eu.nephele.smo.core.store.row.InstantColumn;
import eu.nephele.smo.core.store.row.RowReader;
import eu.nephele.smo.core.store.row.WebhookRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Webhooks in the table {@code webhook}, their deliveries in {@code delivery}. */
@Component(service = WebhookStore.class)
public final class JpaWebhookStore implements WebhookStore {

    private static final String DELIVERIES =
            "select " + DeliveryColumns.OF_D_AND_E + " from delivery d join event e on e.sequence = d.sequence";
    private static final String NEXT = DELIVERIES + " where d.state = 'NEXT'";
    // The orders name all columns of an index: H2 uses it then.
    private static final String DUE = NEXT + " and d.webhook = ?1 and d.next_attempt_at <= ?2"
            + " order by d.webhook, d.state, d.next_attempt_at, d.sequence limit ?3";
    private static final String WITH_DUE = "select w.id from webhook w where w.paused = false and exists"
            + " (select 1 from delivery d where d.webhook = w.id and d.state = 'NEXT' and d.next_attempt_at <= ?1)";
    private static final String PLANNED_BEHIND =
            NEXT + " and d.next_attempt_at > ?1 order by d.state, d.next_attempt_at limit ?2";
    private static final Comparator<Delivery> IN_TURN = Comparator.comparing(Delivery::nextAttemptAt)
            .thenComparing(delivery -> delivery.event().sequence())
            .thenComparing(Delivery::webhook);

    private final Transactions transactions;
    private final ProjectQuotas quotas;

    @Activate
    public JpaWebhookStore(@Reference Database database) {
        this.transactions = database.transactions();
        this.quotas = database.quotas();
    }

    @Override
    public void insert(Webhook webhook) {
        transactions.write("store " + webhook, entities -> {
            QuotaCheck quota = new QuotaCheck(new Sql(entities), quotas);
            // in order, so that two that name the same projects do not wait for each other
            new TreeSet<>(webhook.filter().projects())
                    .forEach(project -> quota.admit(
                            project, QuotaMember.WEBHOOKS, 1, () -> JpaQuotaStore.webhooks(entities, project)));
            entities.persist(new WebhookRow(webhook));
            return true;
        });
    }

    @Override
    public Optional<Webhook> find(String id) {
        return transactions.read(
                "read webhook " + id, entities -> Optional.ofNullable(entities.find(WebhookRow.class, id))
                        .map(WebhookRow::webhook));
    }

    @Override
    public List<Webhook> list() {
        return transactions.read("read the webhooks", entities -> entities.createQuery(
                        "select w from WebhookRow w order by w.ordinal", WebhookRow.class)
                .getResultStream()
                .map(WebhookRow::webhook)
                .toList());
    }

    @Override
    public boolean setPaused(String id, boolean paused) {
        return transactions.write(
                "change webhook " + id,
                entities -> entities.createQuery("update WebhookRow w set w.paused = :paused where w.id = :id")
                                .setParameter("paused", paused)
                                .setParameter("id", id)
                                .executeUpdate()
                        == 1);
    }

    @Override
    public boolean delete(String id) {
        // Waiting deliveries are deleted in batches, so that no writer waits long for it. Paused before: after a crash
        // in between nothing is delivered.
        if (setPaused(id, true)) {
            new BatchedDelete(transactions, "delete the deliveries of webhook " + id).run(entities -> new Sql(entities)
                    .update(
                            "delete from delivery where webhook = ?1 and sequence in (select sequence from delivery"
                                    + " where webhook = ?2" + BatchedDelete.first(BatchedDelete.STEP) + ")",
                            id,
                            id));
        }
        return transactions.write(
                "delete webhook " + id,
                entities -> entities.createQuery("delete from WebhookRow w where w.id = :id")
                                .setParameter("id", id)
                                .executeUpdate()
                        == 1);
    }

    @Override
    public List<Delivery> due(Instant now, Set<String> excludedWebhooks, int perWebhook) {
        return transactions.read("read the due deliveries", entities -> {
            Sql sql = new Sql(entities);
            List<Delivery> due = new ArrayList<>();
            // one by one: what is due of one webhook is in its index, what is due of all would have to be sorted
            for (Object webhook : sql.values(WITH_DUE, InstantColumn.text(now))) {
                if (!excludedWebhooks.contains((String) webhook)) {
                    due.addAll(sql.list(DeliveryColumns::delivery, DUE, webhook, InstantColumn.text(now), perWebhook));
                }
            }
            due.sort(IN_TURN);
            return due;
        });
    }

    @Override
    public List<Delivery> plannedBehind(Instant latest, int limit) {
        return transactions.read("read the deliveries that are planned too late", entities -> new Sql(entities)
                .list(DeliveryColumns::delivery, PLANNED_BEHIND, InstantColumn.text(latest), limit));
    }

    @Override
    public Optional<Instant> nextDue() {
        return transactions.read("read the time of the next due delivery", entities -> new Sql(entities)
                        .values("select d.next_attempt_at from delivery d join webhook w on w.id = d.webhook"
                                + " where d.state = 'NEXT' and w.paused = false"
                                + " order by d.state, d.next_attempt_at fetch first 1 rows only")
                        .stream()
                        .findFirst()
                        .map(time -> new RowReader(time).instant()));
    }

    @Override
    public void save(Delivery delivery) {
        String webhook = delivery.webhook();
        long sequence = delivery.event().sequence();
        boolean waits = delivery.state() == Delivery.DeliveryState.WAITING;
        transactions.write("store what became of event " + sequence + " for webhook " + webhook, entities -> {
            Sql sql = new Sql(entities);
            DeliveryTable deliveries = new DeliveryTable(sql);
            if (deliveries.lock(webhook)) {
                // One that waits keeps its mark; one that was settled meanwhile does not wait again.
                List<@Nullable Object[]> row = new ArrayList<>();
                row.add(values(delivery, waits));
                sql.batch(
                        "update delivery set "
                                + (waits ? "" : "state = ?, ")
                                + "attempts = ?, next_attempt_at = ?, finished_at = ?, last_status = ?, last_error = ?"
                                + " where webhook = ? and sequence = ?"
                                + (waits ? " and state in ('NEXT', 'WAITING')" : ""),
                        row);
                deliveries.advance(webhook, DeliveryColumns.lane(delivery.event()));
            }
            return true;
        });
    }

    private static @Nullable Object[] values(Delivery delivery, boolean waits) {
        List<@Nullable Object> values = new ArrayList<>();
        if (!waits) {
            values.add(delivery.state().name());
        }
        values.add(delivery.attempts());
        values.add(InstantColumn.text(delivery.nextAttemptAt()));
        values.add(delivery.finishedAt().map(InstantColumn::text).orElse(null));
        values.add(delivery.lastStatus());
        values.add(delivery.lastError());
        values.add(delivery.webhook());
        values.add(delivery.event().sequence());
        return values.toArray();
    }

    @Override
    public List<Delivery> deliveries(
            String webhook, Optional<Delivery.DeliveryState> state, Optional<Long> beforeSequence, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(webhook));
        beforeSequence.ifPresent(parameters::add);
        String query = DELIVERIES + " where d.webhook = ?1"
                + state.map(JpaWebhookStore::condition).orElse("")
                + (beforeSequence.isPresent() ? " and d.sequence < ?2" : "")
                + " order by d.sequence desc fetch first " + limit + " rows only";
        return transactions.read("read the deliveries of webhook " + webhook, entities -> new Sql(entities)
                .list(DeliveryColumns::delivery, query, parameters.toArray()));
    }

    private static String condition(Delivery.DeliveryState state) {
        return state == Delivery.DeliveryState.WAITING
                ? " and d.state in ('NEXT', 'WAITING')"
                : " and d.state = '" + state + "'";
    }

    @Override
    public int replay(String webhook, Set<Long> sequences, Instant now) {
        return transactions.write("replay deliveries of webhook " + webhook, entities -> {
            DeliveryTable deliveries = new DeliveryTable(new Sql(entities));
            return deliveries.lock(webhook) ? deliveries.replay(webhook, sequences, now) : 0;
        });
    }

    @Override
    public DeliveryBacklog backlog(String webhook) {
        return transactions.read("count the deliveries of webhook " + webhook, entities -> {
            long waiting = 0;
            long dead = 0;
            for (Object[] row : new Sql(entities)
                    .rows(
                            "select state, count(*) from delivery where webhook = ?1 and state in ('NEXT', 'WAITING', 'DEAD')"
                                    + " group by state",
                            webhook)) {
                long count = ((Number) row[1]).longValue();
                dead += row[0].equals("DEAD") ? count : 0;
                waiting += row[0].equals("DEAD") ? 0 : count;
            }
            return new DeliveryBacklog(waiting, dead);
        });
    }

    @Override
    public long prune(Instant before) {
        return new BatchedDelete(transactions, "prune the deliveries").run(entities -> {
            Sql sql = new Sql(entities);
            List<Object[]> done = sql.rows(
                    "select webhook, sequence from delivery where finished_at < ?1 order by finished_at"
                            + BatchedDelete.first(BatchedDelete.STEP),
                    InstantColumn.text(before));
            return sql.batch(
                            "delete from delivery where webhook = ? and sequence = ? and state in ('DELIVERED', 'DEAD')",
                            done)
                    .size();
        });
    }
}
