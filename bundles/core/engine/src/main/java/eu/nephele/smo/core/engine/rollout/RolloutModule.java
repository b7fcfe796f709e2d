// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.core.contract.work.Scheduler;
import eu.nephele.smo.core.engine.alert.AlertRuleReconciler;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.cluster.ClusterModule;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineStores;
import eu.nephele.smo.core.engine.context.Stages;
import eu.nephele.smo.core.engine.dashboard.DashboardController;
import eu.nephele.smo.core.engine.graph.DashboardUrls;

/** Actions on outside systems: on releases, on alert rules, on dashboards. */
public record RolloutModule(
        ReleaseRequests requests,
        ReleaseActuator releases,
        Rollout rollout,
        AlertRuleReconciler watches,
        DashboardController dashboards) {

    /** @param beside threads for dashboards, which no pass over a graph needs */
    public static RolloutModule create(
            EngineContext context, ClusterModule clusterModule, DashboardUrls addresses, Scheduler beside) {
        EngineStores engineStores = context.memory();
        AdapterPorts ports = clusterModule.ports();
        ReleaseRequests requests = new ReleaseRequests(ports, engineStores.installationId());
        ReleaseActuator releases = new ReleaseActuator(ports, requests, new Stages(context.tracing()));
        AlertRuleReconciler alertRuleReconciler = new AlertRuleReconciler(ports, engineStores.installationId());
        return new RolloutModule(
                requests,
                releases,
                new Rollout(
                        ports,
                        clusterModule.clusterInventory(),
                        releases,
                        alertRuleReconciler,
                        context.settings().poll(),
                        context.clock()),
                alertRuleReconciler,
                new DashboardController(ports, engineStores.tombstones(), addresses, context, beside));
    }
}
