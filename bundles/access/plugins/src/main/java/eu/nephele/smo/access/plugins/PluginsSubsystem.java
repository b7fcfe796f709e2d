// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.plugins;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.access.http.json.OperationAnswers;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.core.contract.plugin.PluginSigners;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plugins of partners; the services of the core are dynamic. */
@Component
public final class PluginsSubsystem implements Subsystem {

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable PluginService plugins;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable PluginSigners signers;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable StrategyControl control;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OperationService operations;

    private final Map<String, Object> served;

    @Activate
    public PluginsSubsystem() {
        served = Map.of(
                "plugins",
                new PluginsEndpoint(
                        DynamicServiceProxy.create(
                                PluginService.class, "installation of plugins", () -> Optional.ofNullable(plugins)),
                        () -> Optional.ofNullable(control),
                        new OperationAnswers(DynamicServiceProxy.create(
                                OperationService.class, "engine", () -> Optional.ofNullable(operations)))),
                "signers",
                new SignersEndpoint(DynamicServiceProxy.create(
                        PluginSigners.class, "signers of plugins", () -> Optional.ofNullable(signers))));
    }

    @Override
    public Map<String, Object> resources() {
        return served;
    }
}
