// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.fleet.FleetWorld;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What plans of the fleet are made with. */
@Component(service = FleetDependencies.class)
public record FleetDependencies(
        FleetWorld world, DecisionTrials trials, ObjectivePricing pricing, StrategyCatalog catalog) {

    @Activate
    public FleetDependencies(
            @Reference FleetWorld world,
            @Reference DecisionTrials trials,
            @Reference ObjectivePricing pricing,
            @Reference StrategyCatalog catalog) {
        this.world = world;
        this.trials = trials;
        this.pricing = pricing;
        this.catalog = catalog;
    }
}
