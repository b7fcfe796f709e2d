// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.health.HealthWarnings;
import java.util.ArrayList;
import java.util.List;

/** Where the plugins of this server are not as those of the store. */
final class PluginWarnings implements HealthWarnings {

    private final Publishing publishing;
    private final Bystanding bystanding;

    PluginWarnings(Publishing publishing, Bystanding bystanding) {
        this.publishing = publishing;
        this.bystanding = bystanding;
    }

    @Override
    public String subject() {
        return "plugins";
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>(bystanding.warnings());
        publishing
                .failure()
                .ifPresent(why -> all.add("what is installed is not in the store, a standby lacks it: " + why));
        return all;
    }
}
