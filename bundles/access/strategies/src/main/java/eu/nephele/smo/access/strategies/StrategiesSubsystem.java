// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.strategies;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.Lookup;
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

/** What decides, what it costs and what wishes mean; the rooms of the core come and go while this is there. */
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
        StrategyCatalog catalogNow =
                Lookup.of(StrategyCatalog.class, "list of strategies", () -> Optional.ofNullable(catalog));
        StrategyControl controlNow =
                Lookup.of(StrategyControl.class, "control of strategies", () -> Optional.ofNullable(control));
        DefaultsControl defaultsNow =
                Lookup.of(DefaultsControl.class, "room that writes defaults", () -> Optional.ofNullable(defaults));
        DescriptorReader readerNow =
                Lookup.of(DescriptorReader.class, "descriptor reader", () -> Optional.ofNullable(reader));
        served = Map.of(
                "strategies", new Strategies(catalogNow, controlNow, () -> Optional.ofNullable(control)),
                "objectives", new Objectives(catalogNow),
                "defaults", new Defaults(catalogNow, defaultsNow),
                "intents", new Intents(catalogNow),
                "schemas", new Schemas(readerNow));
    }

    @Override
    public Map<String, Object> resources() {
        return served;
    }
}
