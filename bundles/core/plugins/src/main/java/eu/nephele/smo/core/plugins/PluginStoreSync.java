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
 * Keeps this server and the store in accord: the owner writes what is installed, a standby does likewise. Where this server has
 * written last, its folder says what is installed, as on a server of its own; where another one has, the store does. Looks are made by
 * the one thread that changes plugins.
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

    /**
     * Does what there is to do.
     *
     * @return whether files in the folder may come in and go now: where another server may have the word, this one asks first
     */
    boolean poll() {
        AuthorityRole before = role;
        role = pluginContext.turn().check();
        Optional<PluginStore> store = pluginContext.turn().store();
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

    /** The same failure is told once. */
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
            // what is done the moment it is the owner is told when its list is in the store
            pluginStoreWriter.expectMore();
            notBefore = System.nanoTime()
                    + pluginContext.settings().get().poll().store().toNanos();
            standbySync.follow(store);
        } else if (role == AuthorityRole.OWNER && pluginStoreWriter.hasBegun()) {
            pluginStoreWriter.catchUp(pluginContext.state().now());
            check(store);
        } else {
            // nobody is told that anything is done before it is in the store
            pluginStoreWriter.expectMore();
            if (role == AuthorityRole.OWNER) {
                own(store);
            }
        }
    }

    private void own(PluginStore store) throws IOException {
        Optional<InstalledPlugins> there = store.installed();
        StoreRevision mark = pluginContext.state().now().store();
        if (there.isPresent() && !mark.isAheadOf(there.get()) && !standbySync.takeOver(store, there.get())) {
            return;
        }
        standbySync.end();
        pluginContext.shelf().writeDown();
        StoreRevision next =
                pluginStoreWriter.begin(store, there, pluginContext.state().now());
        pluginContext.state().store(next);
        pluginStoreWriter.catchUp(pluginContext.state().now());
        there.ifPresent(list ->
                unchecked.addAll(StoredPluginList.read(list.list()).onDisk().values()));
    }

    /** One content at each look: after a start each is read once, and what is damaged is stored anew from the folder. */
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
        return switch (pluginContext.turn().role()) {
            case OWNER -> pluginStoreWriter.hasBegun();
            case UNKNOWN -> pluginContext.turn().store().isEmpty();
            case STANDBY -> false;
        };
    }
}
