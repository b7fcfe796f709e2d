// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.health.HealthWarnings;
import java.util.ArrayList;
import java.util.List;

final class PluginWarnings implements HealthWarnings {

    private final PluginStoreWriter pluginStoreWriter;
    private final StandbyDivergence standbyDivergence;
    private final RevokedPlugins revokedPlugins;

    PluginWarnings(
            PluginStoreWriter pluginStoreWriter, StandbyDivergence standbyDivergence, RevokedPlugins revokedPlugins) {
        this.pluginStoreWriter = pluginStoreWriter;
        this.standbyDivergence = standbyDivergence;
        this.revokedPlugins = revokedPlugins;
    }

    @Override
    public String subject() {
        return "plugins";
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>(standbyDivergence.warnings());
        all.addAll(revokedPlugins.warnings());
        pluginStoreWriter
                .failure()
                .ifPresent(why -> all.add("the plugin list is not in the store, a standby lacks it: " + why));
        return all;
    }
}
