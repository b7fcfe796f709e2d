// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What proposals are made from. */
@Component(service = RightsizingDependencies.class)
public record RightsizingDependencies(
        GraphService graphs,
        PlanService plans,
        DescriptorReader reader,
        IntentTranslator intents,
        StrategyCatalog catalog,
        ScalingDecider scaling) {

    @Activate
    public RightsizingDependencies(
            @Reference GraphService graphs,
            @Reference PlanService plans,
            @Reference DescriptorReader reader,
            @Reference IntentTranslator intents,
            @Reference StrategyCatalog catalog,
            @Reference ScalingDecider scaling) {
        this.graphs = graphs;
        this.plans = plans;
        this.reader = reader;
        this.intents = intents;
        this.catalog = catalog;
        this.scaling = scaling;
    }
}
