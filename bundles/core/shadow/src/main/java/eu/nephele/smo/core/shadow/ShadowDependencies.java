// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deciders, pricing and catalogue of a shadow. */
@Component(service = ShadowDependencies.class)
public record ShadowDependencies(
        DecisionTrials trials, ObjectivePricing pricing, StrategyCatalog catalog, StrategyControl control) {

    @Activate
    public ShadowDependencies(
            @Reference DecisionTrials trials,
            @Reference ObjectivePricing pricing,
            @Reference StrategyCatalog catalog,
            @Reference StrategyControl control) {
        this.trials = trials;
        this.pricing = pricing;
        this.catalog = catalog;
        this.control = control;
    }
}
