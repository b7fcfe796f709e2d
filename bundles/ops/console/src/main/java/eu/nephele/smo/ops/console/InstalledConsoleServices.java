// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.core.contract.shadow.ShadowService;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Present services of the core. */
@Component(service = ConsoleServices.class)
public final class InstalledConsoleServices implements ConsoleServices {

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable PluginService plugins;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable StrategyControl strategies;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ShadowService shadows;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable GraphService graphs;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable DecisionService decisions;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OperationService operations;

    @Activate
    public InstalledConsoleServices() {}

    @Override
    public Optional<PluginService> plugins() {
        return Optional.ofNullable(plugins);
    }

    @Override
    public Optional<StrategyControl> strategies() {
        return Optional.ofNullable(strategies);
    }

    @Override
    public Optional<ShadowService> shadows() {
        return Optional.ofNullable(shadows);
    }

    @Override
    public Optional<GraphService> graphs() {
        return Optional.ofNullable(graphs);
    }

    @Override
    public Optional<DecisionService> decisions() {
        return Optional.ofNullable(decisions);
    }

    @Override
    public Optional<OperationService> operations() {
        return Optional.ofNullable(operations);
    }
}
