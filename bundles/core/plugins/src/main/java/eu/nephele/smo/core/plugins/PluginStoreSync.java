// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.store.DamagedContentException;
import eu.nephele.smo.core.contract.store.InstalledPlugins;
import eu.nephele.smo.core.contract.store.PluginStore;
import eu.nephele.smo.core.plugins.StoreAuthority.AuthorityRole;
import eu.nephele.smo.core.plugins.files.StoreRevision;
import eu.nephele.smo.core.plugins.files.StoredPluginList;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Synchronizes this server with the store: the owner stores the plugin list, a standby follows it. Where this server
 * has written last, its folder decides what is installed, as on a single server; where another one has, the store does.
 * The one thread that changes plugins polls.
 */
final class PluginStoreSync {

    private static final Logger LOG = LoggerFactory.getLogger(PluginStoreSync.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PluginContext pluginContext;
    private final PluginStoreWriter pluginStoreWriter;
    private final StandbySync standbySync;
    private final Deque<Plugin> unchecked = new ArrayDeque<>();
    private AuthorityRole role = AuthorityRole.UNKNOWN;
    private long notBefore = System.nanoTime();
    private String failure = "";

    PluginStoreSync(PluginContext pluginContext, PluginStoreWriter pluginStoreWriter, StandbySync standbySync) {
        this.pluginContext = pluginContext;
        this.pluginStoreWriter = pluginStoreWriter;
        this.standbySync = standbySync;
    }

    /** @return whether folder changes may be applied now; where another server may decide, the store is read first */
    boolean poll() {
        AuthorityRole before = role;
        role = pluginContext.storeAuthority().check();
        Optional<PluginStore> store = pluginContext.storeAuthority().store();
        if (before == AuthorityRole.OWNER && role == AuthorityRole.STANDBY) {
            pluginStoreWriter.end();
            standbySync.begin();
        }
        if (store.isPresent() && (System.nanoTime() - notBefore >= 0 || before != role)) {
            try {
                poll(store.get());
                failure = "";
            } catch (SmoException | IOException | IllegalArgumentException failed) {
                failed(failed);
            }
        }
        boolean shared = store.map(PluginStore::isShared)
                .orElseGet(() -> pluginContext.state().now().store().shared());
        return switch (role) {
            case OWNER -> !shared || pluginStoreWriter.hasBegun();
            case UNKNOWN -> !shared;
            case STANDBY -> false;
        };
    }

    private void failed(Exception failed) {
        notBefore = System.nanoTime() + PAUSE.toNanos();
        String now = String.valueOf(failed.getMessage());
        if (!now.equals(failure)) {
            LOG.warn("synchronizing plugins with the store failed reason=\"{}\"; retrying", now);
        }
        failure = now;
    }

    private void poll(PluginStore store) throws IOException {
        if (role == AuthorityRole.STANDBY) {
            // changes made right after it becomes the owner are published when its list is in the store
            pluginStoreWriter.expectMore();
            notBefore = System.nanoTime()
                    + pluginContext.settings().get().poll().store().toNanos();
            standbySync.follow(store);
        } else if (role == AuthorityRole.OWNER && pluginStoreWriter.hasBegun()) {
            pluginStoreWriter.catchUp(pluginContext.state().now());
            check(store);
        } else {
            // nothing is published as done before it is in the store
            pluginStoreWriter.expectMore();
            if (role == AuthorityRole.OWNER) {
                own(store);
            }
        }
    }

    private void own(PluginStore store) throws IOException {
        Optional<InstalledPlugins> there = store.installed();
        StoreRevision storeRevision = pluginContext.state().now().store();
        if (there.isPresent() && !storeRevision.isAheadOf(there.get()) && !standbySync.takeOver(store, there.get())) {
            return;
        }
        standbySync.end();
        pluginContext.pluginInventory().writeDown();
        StoreRevision next =
                pluginStoreWriter.begin(store, there, pluginContext.state().now());
        pluginContext.state().store(next);
        pluginStoreWriter.catchUp(pluginContext.state().now());
        there.ifPresent(list ->
                unchecked.addAll(StoredPluginList.read(list.list()).onDisk().values()));
    }

    /** Checks one content per poll: after a start each is read once, and a damaged one is stored again. */
    private void check(PluginStore store) throws IOException {
        Plugin next = unchecked.poll();
        if (next == null || !store.contents().contains(next.artifact().sha256())) {
            return;
        }
        try {
            store.copy(next.artifact().sha256(), OutputStream.nullOutputStream());
        } catch (DamagedContentException damaged) {
            LOG.error(
                    "stored plugin is damaged plugin={} version={} reason=\"{}\"; storing it again",
                    next.id(),
                    next.version(),
                    damaged.getMessage());
            pluginStoreWriter.mend(store, next);
        }
    }

    /** Returns whether operations that are open are those of former processes: on a standby they are the owner's. */
    boolean mayEndFormer() {
        return switch (pluginContext.storeAuthority().role()) {
            case OWNER -> pluginStoreWriter.hasBegun();
            case UNKNOWN -> pluginContext.storeAuthority().store().isEmpty();
            case STANDBY -> false;
        };
    }
}
