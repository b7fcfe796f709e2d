// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.strategies;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.core.contract.decision.DefaultsControl;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Strategies, objectives and intents; the services of the core are dynamic. */
@Component
public final class StrategiesSubsystem implements Subsystem {

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable StrategyCatalog catalog;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable StrategyControl control;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable DefaultsControl defaults;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable DescriptorReader reader;

    private final Map<String, Object> served;

    @Activate
    public StrategiesSubsystem() {
        StrategyCatalog catalogNow = DynamicServiceProxy.create(
                StrategyCatalog.class, "list of strategies", () -> Optional.ofNullable(catalog));
        StrategyControl controlNow = DynamicServiceProxy.create(
                StrategyControl.class, "control of strategies", () -> Optional.ofNullable(control));
        DefaultsControl defaultsNow = DynamicServiceProxy.create(
                DefaultsControl.class, "service for defaults", () -> Optional.ofNullable(defaults));
        DescriptorReader readerNow = DynamicServiceProxy.create(
                DescriptorReader.class, "descriptor reader", () -> Optional.ofNullable(reader));
        served = Map.of(
                "strategies", new StrategiesEndpoint(catalogNow, controlNow, () -> Optional.ofNullable(control)),
                "objectives", new ObjectivesEndpoint(catalogNow),
                "defaults", new DefaultsEndpoint(catalogNow, defaultsNow),
                "intents", new IntentsEndpoint(catalogNow),
                "schemas", new SchemasEndpoint(readerNow));
    }

    @Override
    public Map<String, Object> resources() {
        return served;
    }
}
