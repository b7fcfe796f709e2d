// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.core.contract.shadow.ShadowService;
import java.util.Optional;

/** Services of the core that the console shows; each may be unavailable. */
public interface ConsoleServices {

    Optional<PluginService> plugins();

    Optional<StrategyControl> strategies();

    Optional<ShadowService> shadows();

    Optional<GraphService> graphs();

    Optional<DecisionService> decisions();

    Optional<OperationService> operations();
}
