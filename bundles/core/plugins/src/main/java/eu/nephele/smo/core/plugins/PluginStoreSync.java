// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.store.DamagedContentException;
import eu.nephele.smo.core.contract.store.InstalledPlugins;
import eu.nephele.smo.core.contract.store.PluginStore;
import eu.nephele.smo.core.plugins.Turn.Role;
import eu.nephele.smo.core.plugins.files.StoreMark;
import eu.nephele.smo.core.plugins.files.StoredList;
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
final class Sharing {

    private static final Logger LOG = LoggerFactory.getLogger(Sharing.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Tools tools;
    private final Publishing publishing;
    private final Following following;
    private final Deque<Plugin> unchecked = new ArrayDeque<>();
    private Role role = Role.UNKNOWN;
    private long notBefore = System.nanoTime();
    private String failure = "";

    Sharing(Tools tools, Publishing publishing, Following following) {
        this.tools = tools;
        this.publishing = publishing;
        this.following = following;
    }

    /**
     * Does what there is to do.
     *
     * @return whether files in the folder may come in and go now: where another server may have the word, this one asks first
     */
    boolean look() {
        Role before = role;
        role = tools.turn().look();
        Optional<PluginStore> store = tools.turn().store();
        if (before == Role.OWNER && role == Role.STANDBY) {
            publishing.end();
            following.begin();
        }
        if (store.isPresent() && (System.nanoTime() - notBefore >= 0 || before != role)) {
            try {
                look(store.get());
                failure = "";
            } catch (SmoException | IOException | IllegalArgumentException failed) {
                failed(failed);
            }
        }
        boolean shared = store.map(PluginStore::isShared)
                .orElseGet(() -> tools.state().now().store().shared());
        return switch (role) {
            case OWNER -> !shared || publishing.hasBegun();
            case UNKNOWN -> !shared;
            case STANDBY -> false;
        };
    }

    /** The same failure is told once. */
    private void failed(Exception failed) {
        notBefore = System.nanoTime() + PAUSE.toNanos();
        String now = String.valueOf(failed.getMessage());
        if (!now.equals(failure)) {
            LOG.warn("Plugins are not as in the store, this is tried again: {}", now);
        }
        failure = now;
    }

    private void look(PluginStore store) throws IOException {
        if (role == Role.STANDBY) {
            // what is done the moment it is the owner is told when its list is in the store
            publishing.expectMore();
            notBefore =
                    System.nanoTime() + tools.settings().get().poll().store().toNanos();
            following.follow(store);
        } else if (role == Role.OWNER && publishing.hasBegun()) {
            publishing.catchUp(tools.state().now());
            check(store);
        } else {
            // nobody is told that anything is done before it is in the store
            publishing.expectMore();
            if (role == Role.OWNER) {
                own(store);
            }
        }
    }

    private void own(PluginStore store) throws IOException {
        Optional<InstalledPlugins> there = store.installed();
        StoreMark mark = tools.state().now().store();
        if (there.isPresent() && !mark.isAheadOf(there.get()) && !following.takeOver(store, there.get())) {
            return;
        }
        following.end();
        tools.shelf().writeDown();
        StoreMark next = publishing.begin(store, there, tools.state().now());
        tools.state().store(next);
        publishing.catchUp(tools.state().now());
        there.ifPresent(
                list -> unchecked.addAll(StoredList.read(list.list()).onDisk().values()));
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
                    "Of plugin {} {}, {}; it is stored anew from the folder",
                    next.id(),
                    next.version(),
                    damaged.getMessage());
            publishing.mend(store, next);
        }
    }

    /** Whether operations that are open are those of former processes: on a standby they are the owner's. */
    boolean mayEndFormer() {
        return switch (tools.turn().role()) {
            case OWNER -> publishing.hasBegun();
            case UNKNOWN -> tools.turn().store().isEmpty();
            case STANDBY -> false;
        };
    }
}
