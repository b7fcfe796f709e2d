// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;

/**
 * @param plugin its record, without services
 * @param stored whether its file lies in the folder; false for what was refused or failed and taken away
 * @param bundles its bundles in the framework; empty while it has none
 * @param read content of its file; empty while it was not read in this process
 */
record InstalledPlugin(Plugin plugin, boolean stored, List<Bundle> bundles, Optional<PluginFile> read) {

    InstalledPlugin {
        bundles = List.copyOf(bundles);
    }

    String key() {
        return stored ? file() : plugin.artifact().sha256();
    }

    String file() {
        return plugin.artifact().file();
    }

    boolean holds(PluginFile file) {
        return plugin.artifact().sha256().equals(file.sha256());
    }

    Set<String> packages() {
        return read.map(PluginFile::packages).orElse(Set.of());
    }

    boolean is(String id, Optional<String> version) {
        return plugin.id().equals(id)
                && version.filter(it -> !it.equals(plugin.version())).isEmpty();
    }

    InstalledPlugin with(Plugin other) {
        return new InstalledPlugin(other, stored, bundles, read);
    }

    InstalledPlugin with(List<Bundle> others) {
        return new InstalledPlugin(plugin, stored, others, read);
    }

    /** The same, without a file and without bundles: something to show only. */
    InstalledPlugin shown() {
        return new InstalledPlugin(plugin, false, List.of(), Optional.empty());
    }
}
