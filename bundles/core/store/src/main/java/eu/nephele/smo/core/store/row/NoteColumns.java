// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.AlertStore.AlertState;
import eu.nephele.smo.core.contract.store.ClusterStore.ClusterNote;
import eu.nephele.smo.core.contract.store.TombstoneStore.Tombstone;
import java.time.Instant;
import java.util.Optional;

/** Columns of the notes about the outside: the tables {@code cluster_note}, {@code alert_state} and {@code tombstone}. */
public final class NoteColumns {

    private static final String CLUSTER =
            "ready, since, cordoned, draining, reason, operation, directed_at, cluster_source, cluster_name";

    public static final String SELECT_CLUSTERS = "select " + CLUSTER + " from cluster_note";
    public static final String INSERT_CLUSTER =
            "insert into cluster_note (" + CLUSTER + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
    public static final String UPDATE_CLUSTER =
            "update cluster_note set ready = ?, since = ?, cordoned = ?, draining = ?, reason = ?, operation = ?, directed_at = ?"
                    + " where cluster_source = ? and cluster_name = ?";

    private static final String ALERT = "firing, since, project, name, service, event, fingerprint";

    public static final String SELECT_ALERTS = "select " + ALERT + " from alert_state";
    public static final String INSERT_ALERT =
            "insert into alert_state (" + ALERT + ") values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
    public static final String UPDATE_ALERT = "update alert_state set firing = ?, since = ?"
            + " where project = ? and name = ? and service = ? and event = ? and fingerprint = ?";

    public static final String SELECT_TOMBSTONES = "select project, name, service, kind, found_at from tombstone";

    private NoteColumns() {}

    public static Object[] toRow(ClusterNote note) {
        return new Object[] {
            note.ready(),
            InstantColumn.text(note.since()),
            note.cordoned(),
            note.draining(),
            note.reason(),
            note.operation().orElse(""),
            InstantColumn.text(note.directedAt()),
            note.cluster().source(),
            note.cluster().name()
        };
    }

    public static ClusterNote cluster(Object... row) {
        RowReader rowReader = new RowReader(row);
        boolean ready = rowReader.flag();
        Instant since = rowReader.instant();
        boolean cordoned = rowReader.flag();
        boolean draining = rowReader.flag();
        String reason = rowReader.text();
        Optional<String> operation = rowReader.optionalText();
        Instant directedAt = rowReader.instant();
        ClusterId cluster = rowReader.cluster();
        return new ClusterNote(cluster, ready, since, cordoned, draining, reason, operation, directedAt);
    }

    public static Object[] toRow(AlertState alert) {
        return new Object[] {
            alert.firing(),
            InstantColumn.text(alert.since()),
            alert.graph().project(),
            alert.graph().name(),
            alert.service(),
            alert.event(),
            alert.fingerprint()
        };
    }

    public static AlertState alert(Object... row) {
        RowReader rowReader = new RowReader(row);
        boolean firing = rowReader.flag();
        Instant since = rowReader.instant();
        GraphId graph = rowReader.graph();
        return new AlertState(graph, rowReader.text(), rowReader.text(), rowReader.text(), firing, since);
    }

    public static Tombstone tombstone(Object... row) {
        RowReader rowReader = new RowReader(row);
        GraphId graph = rowReader.graph();
        return new Tombstone(new WorkloadRef(graph, rowReader.text()), rowReader.text(), rowReader.instant());
    }
}
