// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

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
import java.util.concurrent.atomic.AtomicInteger;

/** Rooms of the core that come and go as a test wants. */
final class InMemoryCoreServices extends CoreServices {

    volatile Optional<GraphService> engine;
    volatile Optional<DescriptorReader> reader = Optional.of(new InMemoryReader());
    volatile Optional<DecisionService> decisions;
    volatile Optional<StrategyCatalog> catalog;
    volatile Optional<CapacityStore> capacity;
    volatile Optional<AdmissionControl> admission = Optional.empty();
    volatile Optional<ResourceService> runtime;
    final InMemoryRightsizing rightsizing;
    final InMemoryQuotas quotas = new InMemoryQuotas();
    /** How often somebody asked for operations while there was no engine. */
    final AtomicInteger missed = new AtomicInteger();

    private final InMemoryOperations operations;
    private final InMemoryOverview overview;
    final InMemoryHistory history;
    private final InMemoryEngine rest;

    /** @param rest what else the engine offers: there as long as the engine is */
    InMemoryCoreServices(InMemoryGraphs engine, InMemoryEngine rest, InMemoryCore core, InMemoryResources resources) {
        this.engine = Optional.of(engine);
        this.operations = engine.operations;
        this.overview = new InMemoryOverview(engine);
        this.history = new InMemoryHistory(engine);
        this.rest = rest;
        this.decisions = Optional.of(core);
        this.catalog = Optional.of(core);
        this.capacity = Optional.of(core);
        this.runtime = Optional.of(resources);
        this.rightsizing = new InMemoryRightsizing(rest, engine);
    }

    @Override
    Optional<GraphService> engineNow() {
        return engine;
    }

    @Override
    Optional<OperationService> operationsNow() {
        if (engine.isEmpty()) {
            missed.incrementAndGet();
        }
        return engine.map(there -> operations);
    }

    @Override
    Optional<OverviewService> overviewNow() {
        return engine.map(there -> overview);
    }

    @Override
    Optional<HistoryService> historyNow() {
        return Optional.of(history);
    }

    @Override
    Optional<LoadService> loadsNow() {
        return engine.map(there -> history);
    }

    @Override
    Optional<PlanService> plansNow() {
        return engine.map(there -> rest);
    }

    @Override
    Optional<ClusterService> clustersNow() {
        return engine.map(there -> rest);
    }

    @Override
    Optional<AlertService> alertsNow() {
        return engine.map(there -> rest);
    }

    @Override
    Optional<AdmissionControl> admissionNow() {
        return admission;
    }

    @Override
    Optional<DescriptorReader> readerNow() {
        return reader;
    }

    @Override
    Optional<DecisionService> decisionsNow() {
        return decisions;
    }

    @Override
    Optional<StrategyCatalog> catalogNow() {
        return catalog;
    }

    @Override
    Optional<CapacityStore> capacityNow() {
        return capacity;
    }

    @Override
    Optional<ResourceService> resourcesNow() {
        return runtime;
    }

    @Override
    Optional<QuotaService> quotasNow() {
        return Optional.of(quotas);
    }

    @Override
    Optional<RightsizingService> rightsizingNow() {
        return Optional.of(rightsizing);
    }
}
