// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.store.row.DecisionRow;
import eu.nephele.smo.core.store.row.SnapshotRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;

/** Reads and writes decisions inside the transaction of a caller. */
final class DecisionTable {

    private static final int DIGESTS_PER_QUERY = 500;

    private DecisionTable() {}

    /** The caller shares {@link Database#snapshots()}. */
    static void append(EntityManager entities, List<DecisionRecord> records) {
        // By digest: two writers that store the same inputs meet in the same order.
        NavigableMap<String, Snapshot> missing = new TreeMap<>();
        records.stream()
                .flatMap(record -> record.inputs().stream())
                .flatMap(inputs -> Stream.concat(inputs.shared().stream(), Stream.of(inputs)))
                .forEach(snapshot -> missing.put(snapshot.digest(), snapshot));
        Sql sql = new Sql(entities);
        stored(sql, List.copyOf(missing.keySet())).forEach(missing::remove);
        // shared snapshots first: the others refer to them
        insert(sql, missing.values().stream().filter(snapshot -> snapshot.shared()
                .isEmpty()));
        insert(sql, missing.values().stream().filter(snapshot -> snapshot.shared()
                .isPresent()));
        records.forEach(record -> entities.persist(new DecisionRow(record)));
    }

    private static void insert(Sql sql, Stream<Snapshot> snapshots) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        snapshots.forEach(snapshot -> rows.add(new @Nullable Object[] {
            snapshot.digest(),
            snapshot.content().toJson(),
            snapshot.shared().map(Snapshot::digest).orElse(null)
        }));
        sql.batch("insert into snapshot (digest, content, shared) values (?, ?, ?) on conflict do nothing", rows);
    }

    private static List<String> stored(Sql sql, List<String> digests) {
        List<String> stored = new ArrayList<>();
        for (int from = 0; from < digests.size(); from += DIGESTS_PER_QUERY) {
            List<String> some = digests.subList(from, Math.min(digests.size(), from + DIGESTS_PER_QUERY));
            String query = "select digest from snapshot where digest in (" + Sql.marks(1, some.size()) + ")";
            sql.values(query, some.toArray()).forEach(digest -> stored.add((String) digest));
        }
        return stored;
    }

    /** Puts the stored inputs into decisions. A decision without inputs was pruned meanwhile and is left out. */
    static List<DecisionRecord> complete(EntityManager entities, List<DecisionRow> rows) {
        List<SnapshotRow> own = own(entities, rows);
        Map<String, Snapshot> shared = new HashMap<>();
        rows(
                        entities,
                        own.stream()
                                .flatMap(row -> row.shared().stream())
                                .distinct()
                                .toList())
                .forEach(row -> shared.put(row.digest(), row.snapshot(Optional.empty())));
        return with(rows, own, digest -> Optional.ofNullable(shared.get(digest)));
    }

    /** The same, but what inputs share has only its digest. */
    static List<DecisionRecord> withoutShared(EntityManager entities, List<DecisionRow> rows) {
        return with(rows, own(entities, rows), digest -> Optional.of(new Snapshot(digest, JsonObject.EMPTY)));
    }

    static Optional<JsonObject> content(EntityManager entities, String digest) {
        return rows(entities, List.of(digest)).stream()
                .map(row -> row.snapshot(Optional.empty()).content())
                .findFirst();
    }

    private static List<SnapshotRow> own(EntityManager entities, List<DecisionRow> rows) {
        return rows(
                entities,
                rows.stream().flatMap(row -> row.inputs().stream()).distinct().toList());
    }

    private static List<DecisionRecord> with(
            List<DecisionRow> rows, List<SnapshotRow> own, Function<String, Optional<Snapshot>> shared) {
        Map<String, Snapshot> snapshots = new HashMap<>();
        own.forEach(row -> {
            Optional<Snapshot> with = row.shared().flatMap(shared);
            if (with.isPresent() || row.shared().isEmpty()) {
                snapshots.put(row.digest(), row.snapshot(with));
            }
        });
        List<DecisionRecord> records = new ArrayList<>(rows.size());
        for (DecisionRow row : rows) {
            Optional<Snapshot> snapshot = row.inputs().map(snapshots::get);
            if (snapshot.isPresent() || row.inputs().isEmpty()) {
                records.add(row.decision(snapshot));
            }
        }
        return records;
    }

    private static List<SnapshotRow> rows(EntityManager entities, List<String> digests) {
        List<SnapshotRow> rows = new ArrayList<>();
        for (int from = 0; from < digests.size(); from += DIGESTS_PER_QUERY) {
            List<String> some = digests.subList(from, Math.min(digests.size(), from + DIGESTS_PER_QUERY));
            rows.addAll(
                    entities.createQuery("select s from SnapshotRow s where s.digest in :digests", SnapshotRow.class)
                            .setParameter("digests", some)
                            .getResultList());
        }
        return rows;
    }
}
