// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import eu.nephele.smo.adapters.grafana.Dashboard.Folder;
import eu.nephele.smo.adapters.grafana.GrafanaApi.Hit;
import eu.nephele.smo.adapters.grafana.GrafanaApi.StoredDashboard;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes and removes dashboards of this installation only. */
final class OwnDashboards {

    private static final Logger LOG = LoggerFactory.getLogger(OwnDashboards.class);
    private static final int ROUNDS = 3;

    private final GrafanaApi grafana;
    private final DashboardOwnership dashboardOwnership;

    /** uid → dashboard written since the start: Grafana's search may not find it yet. */
    private final Map<String, Dashboard> written = new ConcurrentHashMap<>();

    OwnDashboards(GrafanaApi grafana, DashboardOwnership dashboardOwnership) {
        this.grafana = grafana;
        this.dashboardOwnership = dashboardOwnership;
    }

    /** @param wanted desired dashboards, all in one folder */
    void ensure(List<Dashboard> wanted) {
        boolean folderIsThere = false;
        for (Dashboard dashboard : wanted) {
            Optional<StoredDashboard> stored = ours(dashboard);
            if (stored.map(StoredDashboard::digest).equals(Optional.of(dashboard.digest()))) {
                continue;
            }
            if (!folderIsThere) {
                grafana.ensureFolder(dashboard.folder());
                folderIsThere = true;
            }
            save(dashboard, stored);
        }
    }

    /** Saves a dashboard; if a browser has saved it meanwhile, it is read again, because its ownership may have changed. */
    private void save(Dashboard dashboard, Optional<StoredDashboard> seen) {
        Optional<StoredDashboard> stored = seen;
        for (int round = 1; round <= ROUNDS; round++) {
            if (grafana.save(dashboard, stored.map(StoredDashboard::version).orElse(0))) {
                written.put(dashboard.uid(), dashboard);
                return;
            }
            stored = ours(dashboard);
        }
        throw new AdapterException(
                Kind.CONFLICT,
                GrafanaApi.SYSTEM,
                "Save the dashboard '%s' (%s): another client changed it in each of %d attempts; retry"
                        .formatted(dashboard.title(), dashboard.uid(), ROUNDS));
    }

    private Optional<StoredDashboard> ours(Dashboard dashboard) {
        Optional<StoredDashboard> stored = grafana.dashboard(dashboard.uid());
        if (stored.isPresent() && !dashboardOwnership.own(stored.get().tags())) {
            throw new AdapterException(
                    Kind.CONFLICT,
                    GrafanaApi.SYSTEM,
                    "Save the dashboard '%s': the dashboard '%s' has its uid %s without the tags %s and is not replaced; remove it, or add the tags"
                            .formatted(
                                    dashboard.title(),
                                    stored.get().title(),
                                    dashboard.uid(),
                                    dashboardOwnership.tags()));
        }
        return stored;
    }

    /** Returns the uids of the dashboards that Grafana finds for a graph, without copies made by people. */
    Stream<String> found(GraphId graph) {
        return grafana.tagged(dashboardOwnership.tags(graph)).stream()
                .map(Hit::uid)
                .filter(DashboardOwnership::isOfGraphOrService);
    }

    boolean isUsed(Folder folder) {
        return written.values().stream()
                .anyMatch(dashboard -> dashboard.folder().uid().equals(folder.uid()));
    }

    void forget(GraphId graph) {
        written.values().removeIf(dashboard -> dashboard.tags().containsAll(dashboardOwnership.tags(graph)));
    }

    void delete(String uid) {
        grafana.deleteDashboard(uid);
        written.remove(uid);
    }

    /** @return whether it is gone; a foreign dashboard stays */
    boolean remove(String uid) {
        Optional<StoredDashboard> stored = grafana.dashboard(uid);
        if (stored.isEmpty()) {
            return true;
        }
        boolean ours = dashboardOwnership.own(stored.get().tags());
        if (ours) {
            delete(uid);
        } else {
            LOG.warn(
                    "foreign dashboard kept dashboard={} title=\"{}\"",
                    uid,
                    stored.get().title());
        }
        return ours;
    }
}
