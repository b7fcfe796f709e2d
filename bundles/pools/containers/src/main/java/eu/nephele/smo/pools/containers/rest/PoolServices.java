// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.DecisionHistory;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.runtime.AuditedActions;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the core knows and does. */
@Component(service = PoolServices.class)
public record PoolServices(
        GraphService graphs,
        ClusterService clusters,
        DecisionHistory decisions,
        Permissions permissions,
        AuditedActions actions,
        OperationService operations) {

    @Activate
    public PoolServices(
            @Reference GraphService graphs,
            @Reference ClusterService clusters,
            @Reference DecisionHistory decisions,
            @Reference Permissions permissions,
            @Reference AuditedActions actions,
            @Reference OperationService operations) {
        this.graphs = graphs;
        this.clusters = clusters;
        this.decisions = decisions;
        this.permissions = permissions;
        this.actions = actions;
        this.operations = operations;
    }
}
