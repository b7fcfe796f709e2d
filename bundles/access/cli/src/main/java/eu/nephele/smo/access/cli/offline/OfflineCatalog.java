// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.offline;

import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import java.util.List;

/** The catalog without a server: nothing is known to be installed, so that nothing is said of what is. */
final class OfflineCatalog implements StrategyCatalog {

    @Override
    public List<InstalledStrategy> strategies() {
        return List.of();
    }

    @Override
    public List<InstalledObjective> objectives() {
        return List.of();
    }

    @Override
    public List<InstalledIntent> intents() {
        return List.of();
    }

    @Override
    public List<Default> defaults(CallContext call) {
        return List.of();
    }

    @Override
    public Default defaultWith(String key, String value) {
        throw new IllegalArgumentException("There is no default '%s' without a server".formatted(key));
    }

    @Override
    public long revision() {
        return 0;
    }

    @Override
    public List<Violation> check(String kind, StrategySelection selection, String pointer) {
        return List.of();
    }
}
