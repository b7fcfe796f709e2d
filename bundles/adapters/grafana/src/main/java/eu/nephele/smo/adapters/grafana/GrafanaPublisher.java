// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.adapters.grafana.Dashboard.Folder;
import eu.nephele.smo.adapters.grafana.GrafanaApi.StoredDashboard;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.DashboardPublisher;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.http.HttpSystem;
import eu.nephele.smo.api.port.http.HttpSystems;
import eu.nephele.smo.api.runtime.Tenure;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes dashboards in Grafana. Each write is preceded by a read: equal dashboards are not sent again, foreign
 * ones are not touched. The adapter needs a configuration.
 */
@Component(
        configurationPid = "eu.nephele.smo.adapters.grafana",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = AdapterException.SYSTEM + "=" + GrafanaApi.SYSTEM)
@Designate(ocd = GrafanaConfig.class)
public final class GrafanaPublisher implements DashboardPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(GrafanaPublisher.class);

    private final OwnerFence fence = new OwnerFence(GrafanaApi.SYSTEM);
    private final HttpSystem http;
    private final GrafanaApi grafana;
    private final OwnDashboards own;
    private final DashboardOwnership dashboardOwnership;
    private final DashboardFactory dashboards;
    private final String publicUrl;

    /** Removing an empty folder removes its content: our dashboards must not enter it in between. */
    private final ReadWriteLock folders = new ReentrantReadWriteLock();

    /** @throws IllegalArgumentException if a configured value is invalid */
    @Activate
    public GrafanaPublisher(@Reference HttpSystems systems, GrafanaConfig config) {
        GrafanaSettings settings = GrafanaSettings.from(config);
        dashboardOwnership = settings.dashboardOwnership();
        publicUrl = settings.publicUrl();
        dashboards = new DashboardFactory(
                dashboardOwnership,
                settings.look(),
                new ServicePanels(settings.labels(), settings.windows()),
                new ClusterPanels(settings.labels(), settings.windows()));
        http = systems.open(settings.http());
        grafana = new GrafanaApi(http, fence);
        own = new OwnDashboards(grafana, dashboardOwnership);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        fence.begin(tenure);
    }

    void unbindTenure(Tenure over) {
        LOG.debug("tenure ended epoch={}; no dashboards are written until the next one", over.epoch());
    }

    @Deactivate
    void end() {
        http.close();
    }

    /** Removes dashboards of former services of the graph, too. */
    @Override
    public URI ensureGraph(Graph graph) {
        List<Dashboard> wanted = new ArrayList<>();
        wanted.add(dashboards.ofGraph(graph));
        graph.services()
                .forEach(service -> wanted.add(dashboards.ofService(new WorkloadRef(graph.id(), service.id()))));
        return under(folders.readLock(), () -> {
            own.ensure(wanted);
            Set<String> uids = new HashSet<>();
            wanted.forEach(dashboard -> uids.add(dashboard.uid()));
            own.found(graph.id()).filter(uid -> !uids.contains(uid)).forEach(own::delete);
            return address(wanted.get(0));
        });
    }

    @Override
    public URI ensureService(WorkloadRef service) {
        return ensureOne(dashboards.ofService(service));
    }

    @Override
    public URI ensureCluster(ClusterId cluster) {
        return ensureOne(dashboards.ofCluster(cluster));
    }

    /**
     * Removes the graph's own dashboard last, because it names the services: an incomplete removal can be retried. The project's
     * folder is removed, too, when it is empty.
     */
    @Override
    public void removeGraph(GraphId graph) {
        String last = dashboardOwnership.graph(graph);
        Set<String> gone = new HashSet<>();
        own.found(graph).filter(uid -> !uid.equals(last)).filter(gone::add).forEach(own::delete);
        // the search may not find recent dashboards yet
        List<String> services =
                grafana.dashboard(last).map(StoredDashboard::services).orElse(List.of());
        Stream.concat(
                        services.stream().map(service -> dashboardOwnership.service(new WorkloadRef(graph, service))),
                        Stream.of(last))
                .filter(uid -> !gone.contains(uid))
                .filter(own::remove)
                .forEach(gone::add);
        own.forget(graph);
        Folder folder = dashboards.folder(graph);
        under(folders.writeLock(), () -> removeIfEmpty(folder, gone));
    }

    private URI ensureOne(Dashboard dashboard) {
        return under(folders.readLock(), () -> {
            own.ensure(List.of(dashboard));
            return address(dashboard);
        });
    }

    /** @param removed removed dashboards, which the search may still find */
    private boolean removeIfEmpty(Folder folder, Set<String> removed) {
        boolean empty = !own.isUsed(folder) && grafana.in(folder).stream().allMatch(hit -> removed.contains(hit.uid()));
        if (empty) {
            grafana.deleteFolder(folder);
        }
        return empty;
    }

    private URI address(Dashboard dashboard) {
        return URI.create(publicUrl + "/d/" + dashboard.uid());
    }

    private static <T> T under(Lock lock, Supplier<T> work) {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AdapterException(
                    Kind.TIMED_OUT,
                    GrafanaApi.SYSTEM,
                    "Publish dashboards: interrupted while waiting for another change of the same Grafana",
                    stop);
        }
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
