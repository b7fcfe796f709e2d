// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.core.contract.work.Scheduler;
import eu.nephele.smo.core.engine.alert.Watches;
import eu.nephele.smo.core.engine.cluster.Federation;
import eu.nephele.smo.core.engine.cluster.Ports;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.Memory;
import eu.nephele.smo.core.engine.dashboard.DashboardDesk;
import eu.nephele.smo.core.engine.graph.Dashboards;

/** What acts outside: on releases, on alert rules, on dashboards. */
public record Actuators(
        ReleaseRequests requests, Releases releases, Rollout rollout, Watches watches, DashboardDesk dashboards) {

    /** @param beside threads for dashboards, which no pass over a graph needs */
    public static Actuators of(EngineContext context, Federation federation, Dashboards addresses, Scheduler beside) {
        Memory memory = context.memory();
        Ports ports = federation.ports();
        ReleaseRequests requests = new ReleaseRequests(ports, memory.installationId());
        Releases releases = new Releases(ports, requests);
        Watches watches = new Watches(ports, memory.installationId());
        return new Actuators(
                requests,
                releases,
                new Rollout(
                        ports,
                        federation.board(),
                        releases,
                        watches,
                        context.settings().poll(),
                        context.clock()),
                watches,
                new DashboardDesk(
                        ports,
                        memory.tombstones(),
                        addresses,
                        context::wake,
                        context.settings(),
                        beside,
                        context.clock()));
    }
}
