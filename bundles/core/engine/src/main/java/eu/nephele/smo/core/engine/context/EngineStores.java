// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.context;

import eu.nephele.smo.core.contract.store.AlertStore;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.contract.store.ClusterStore;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.InstanceStore;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.PlanStore;
import eu.nephele.smo.core.contract.store.RevisionStore;
import eu.nephele.smo.core.contract.store.TombstoneStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stores of the engine. */
@Component(service = EngineStores.class)
public record EngineStores(
        GraphStore graphs,
        CapacityStore capacity,
        OperationStore operations,
        RevisionStore revisions,
        PlanStore plans,
        AlertStore alerts,
        ClusterStore clusters,
        TombstoneStore tombstones,
        InstanceStore instance) {

    @Activate
    public EngineStores(
            @Reference GraphStore graphs,
            @Reference CapacityStore capacity,
            @Reference OperationStore operations,
            @Reference RevisionStore revisions,
            @Reference PlanStore plans,
            @Reference AlertStore alerts,
            @Reference ClusterStore clusters,
            @Reference TombstoneStore tombstones,
            @Reference InstanceStore instance) {
        this.graphs = graphs;
        this.capacity = capacity;
        this.operations = operations;
        this.revisions = revisions;
        this.plans = plans;
        this.alerts = alerts;
        this.clusters = clusters;
        this.tombstones = tombstones;
        this.instance = instance;
    }

    /** Id of this installation, which marks all its objects outside. */
    public String installationId() {
        return instance.instanceId();
    }
}
