// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.history.HistoryService;
import eu.nephele.smo.core.contract.history.LoadService;
import eu.nephele.smo.core.contract.overview.OverviewService;
import eu.nephele.smo.core.contract.quota.QuotaService;
import eu.nephele.smo.core.contract.rightsizing.RightsizingService;
import eu.nephele.smo.core.contract.store.CapacityStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Bundles of the core may be unavailable, during an update or with a wrong configuration, while the REST API stays. The
 * services returned here are looked up at each call, which is refused with 503 while they are unavailable.
 */
@Component(service = CoreServices.class)
public class CoreServices {

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable GraphService graphs;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable DescriptorReader reader;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable DecisionService decisions;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable StrategyCatalog catalog;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable CapacityStore capacity;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OperationService operations;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable PlanService plans;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ClusterService clusters;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable AlertService alerts;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable AdmissionControl admission;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ResourceService resources;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable RightsizingService rightsizing;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable QuotaService quotas;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OverviewService overview;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable HistoryService history;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable LoadService loads;

    public final GraphService graphs() {
        return DynamicServiceProxy.create(GraphService.class, "engine", this::engineNow);
    }

    public final OperationService operations() {
        return DynamicServiceProxy.create(OperationService.class, "engine", this::operationsNow);
    }

    public final PlanService plans() {
        return DynamicServiceProxy.create(PlanService.class, "engine", this::plansNow);
    }

    public final ClusterService clusters() {
        return DynamicServiceProxy.create(ClusterService.class, "engine", this::clustersNow);
    }

    public final AlertService alerts() {
        return DynamicServiceProxy.create(AlertService.class, "engine", this::alertsNow);
    }

    public final DescriptorReader reader() {
        return DynamicServiceProxy.create(DescriptorReader.class, "descriptor reader", this::readerNow);
    }

    public final DecisionService decisions() {
        return DynamicServiceProxy.create(DecisionService.class, "journal", this::decisionsNow);
    }

    public final StrategyCatalog catalog() {
        return DynamicServiceProxy.create(StrategyCatalog.class, "list of strategies", this::catalogNow);
    }

    public final CapacityStore capacity() {
        return DynamicServiceProxy.create(CapacityStore.class, "store", this::capacityNow);
    }

    public final ResourceService resources() {
        return DynamicServiceProxy.create(ResourceService.class, "runtime", this::resourcesNow);
    }

    public final RightsizingService rightsizing() {
        return DynamicServiceProxy.create(RightsizingService.class, "rightsizing service", this::rightsizingNow);
    }

    public final QuotaService quotas() {
        return DynamicServiceProxy.create(QuotaService.class, "quota service", this::quotasNow);
    }

    public final OverviewService overview() {
        return DynamicServiceProxy.create(OverviewService.class, "engine", this::overviewNow);
    }

    public final HistoryService history() {
        return DynamicServiceProxy.create(HistoryService.class, "journal", this::historyNow);
    }

    public final LoadService loads() {
        return DynamicServiceProxy.create(LoadService.class, "engine", this::loadsNow);
    }

    Optional<GraphService> engineNow() {
        return Optional.ofNullable(graphs);
    }

    Optional<OverviewService> overviewNow() {
        return Optional.ofNullable(overview);
    }

    Optional<HistoryService> historyNow() {
        return Optional.ofNullable(history);
    }

    Optional<LoadService> loadsNow() {
        return Optional.ofNullable(loads);
    }

    Optional<OperationService> operationsNow() {
        return Optional.ofNullable(operations);
    }

    Optional<PlanService> plansNow() {
        return Optional.ofNullable(plans);
    }

    Optional<ClusterService> clustersNow() {
        return Optional.ofNullable(clusters);
    }

    Optional<AlertService> alertsNow() {
        return Optional.ofNullable(alerts);
    }

    /** Empty while the engine is unavailable. */
    Optional<AdmissionControl> admissionNow() {
        return Optional.ofNullable(admission);
    }

    Optional<DescriptorReader> readerNow() {
        return Optional.ofNullable(reader);
    }

    Optional<DecisionService> decisionsNow() {
        return Optional.ofNullable(decisions);
    }

    Optional<StrategyCatalog> catalogNow() {
        return Optional.ofNullable(catalog);
    }

    Optional<CapacityStore> capacityNow() {
        return Optional.ofNullable(capacity);
    }

    Optional<ResourceService> resourcesNow() {
        return Optional.ofNullable(resources);
    }

    Optional<QuotaService> quotasNow() {
        return Optional.ofNullable(quotas);
    }

    Optional<RightsizingService> rightsizingNow() {
        return Optional.ofNullable(rightsizing);
    }
}
