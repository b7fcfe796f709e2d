// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.plugins.files.FolderWatch;
import eu.nephele.smo.core.plugins.files.PluginFolder;
import eu.nephele.smo.core.plugins.files.StateFile;
import eu.nephele.smo.core.plugins.life.PluginBundles;
import eu.nephele.smo.core.plugins.life.PluginGate;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collaborators of all changes of plugins. */
record PluginContext(
        PluginFolder folder,
        FolderWatch watch,
        StateFile state,
        PluginInventory pluginInventory,
        PluginBundles pluginBundles,
        PluginGate pluginGate,
        PluginEventWriter pluginEventWriter,
        Clock clock,
        Supplier<PluginSettings> settings,
        StoreAuthority storeAuthority) {

    private static final Logger LOG = LoggerFactory.getLogger(PluginContext.class);

    /** Remembers what runs under a name; without that copy an update in the folder cannot be undone after a crash. */
    void keep(String name) {
        try {
            folder.keep(name);
        } catch (IOException full) {
            LOG.warn(
                    "copying plugin file failed file={} reason=\"{}\"; an upgrade of it cannot be rolled back",
                    name,
                    full.getMessage());
        }
    }

    void discard(String name) {
        try {
            folder.remove(name);
            watch.seen(name);
        } catch (IOException stays) {
            LOG.warn("deleting plugin file failed file={} reason=\"{}\"", name, stays.getMessage());
        }
    }
}
