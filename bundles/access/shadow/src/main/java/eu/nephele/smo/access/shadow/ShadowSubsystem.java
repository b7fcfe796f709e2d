// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.shadow;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.shadow.ReplayService;
import eu.nephele.smo.core.contract.shadow.SensitivityService;
import eu.nephele.smo.core.contract.shadow.ShadowService;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shadows, replays and the sensitivity of weights; the services of the core are dynamic. */
@Component
public final class ShadowSubsystem implements Subsystem {

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ShadowService shadows;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ReplayService replays;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable SensitivityService sensitivity;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable StrategyCatalog catalog;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OperationService operations;

    private final Map<String, Object> served;

    @Activate
    public ShadowSubsystem() {
        OperationService operationsNow =
                DynamicServiceProxy.create(OperationService.class, "engine", () -> Optional.ofNullable(operations));
        served = Map.of(
                "shadows",
                new ShadowsEndpoint(
                        DynamicServiceProxy.create(
                                ShadowService.class, "shadow service", () -> Optional.ofNullable(shadows)),
                        DynamicServiceProxy.create(
                                StrategyCatalog.class, "list of strategies", () -> Optional.ofNullable(catalog)),
                        operationsNow),
                "replays",
                new ReplaysEndpoint(
                        DynamicServiceProxy.create(
                                ReplayService.class, "replay service", () -> Optional.ofNullable(replays)),
                        Clock.systemUTC()),
                "sensitivity",
                new SensitivityEndpoint(DynamicServiceProxy.create(
                        SensitivityService.class, "sensitivity service", () -> Optional.ofNullable(sensitivity))));
    }

    @Override
    public Map<String, Object> resources() {
        return served;
    }
}
