// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

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
import javax.persistence.EntityManager;

/** Reads and writes decisions inside the transaction of somebody else. */
final class Decisions {

    private static final int DIGESTS_PER_QUERY = 500;

    private Decisions() {}

    /** The caller shares {@link Database#snapshots()}. */
    static void append(EntityManager entities, List<DecisionRecord> records) {
        // By digest: two writers that store the same inputs meet in the same order.
        NavigableMap<String, Snapshot> missing = new TreeMap<>();
        records.forEach(record -> record.inputs().ifPresent(inputs -> missing.put(inputs.digest(), inputs)));
        Sql sql = new Sql(entities);
        stored(sql, List.copyOf(missing.keySet())).forEach(missing::remove);
        missing.values()
                .forEach(snapshot -> sql.update(
                        "insert into snapshot (digest, content) values (?1, ?2) on conflict do nothing",
                        snapshot.digest(),
                        snapshot.content().toJson()));
        records.forEach(record -> entities.persist(new DecisionRow(record)));
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

    /** Puts the stored inputs into decisions. One whose inputs are gone was pruned meanwhile and is left out. */
    static List<DecisionRecord> complete(EntityManager entities, List<DecisionRow> rows) {
        Map<String, Snapshot> snapshots = snapshots(
                entities,
                rows.stream().flatMap(row -> row.inputs().stream()).distinct().toList());
        List<DecisionRecord> records = new ArrayList<>(rows.size());
        for (DecisionRow row : rows) {
            Optional<Snapshot> snapshot = row.inputs().map(snapshots::get);
            if (snapshot.isPresent() || row.inputs().isEmpty()) {
                records.add(row.decision(snapshot));
            }
        }
        return records;
    }

    private static Map<String, Snapshot> snapshots(EntityManager entities, List<String> digests) {
        Map<String, Snapshot> snapshots = new HashMap<>();
        for (int from = 0; from < digests.size(); from += DIGESTS_PER_QUERY) {
            List<String> some = digests.subList(from, Math.min(digests.size(), from + DIGESTS_PER_QUERY));
            entities.createQuery("select s from SnapshotRow s where s.digest in :digests", SnapshotRow.class)
                    .setParameter("digests", some)
                    .getResultList()
                    .forEach(row -> snapshots.put(row.snapshot().digest(), row.snapshot()));
        }
        return snapshots;
    }
}
