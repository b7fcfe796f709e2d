// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.Finding;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.plugins.files.StateFile;
import eu.nephele.smo.core.plugins.life.Guests;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All plugins that are known. Changed by one thread, each change is on the disk before anybody sees it; read by any. */
final class Shelf {

    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
    private static final int MOST_SHOWN = 50;
    private static final Comparator<Plugin> ORDER =
            Comparator.comparing(Plugin::id).thenComparing(plugin -> version(plugin.version()));

    private final Map<String, Held> all = new ConcurrentHashMap<>();
    private final StateFile file;
    private final Guests guests;
    private final Clock clock;
    private volatile List<Plugin> waiting = List.of();

    Shelf(StateFile file, Guests guests, Clock clock) {
        this.file = file;
        this.guests = guests;
        this.clock = clock;
    }

    /** All of them, by id and version, with the services that they offer now. */
    List<Plugin> plugins() {
        return Stream.concat(all.values().stream().map(this::withServices), waiting.stream())
                .sorted(ORDER)
                .toList();
    }

    /** What lies in the folder and is not looked at for the time being: shown, and forgotten with the process. */
    void waiting(List<Plugin> files) {
        waiting = List.copyOf(files);
    }

    List<Plugin> waiting() {
        return waiting;
    }

    Plugin withServices(Held held) {
        Plugin plugin = held.plugin();
        List<OfferedService> services = guests.services(held.bundles());
        boolean idle = plugin.state() == State.ACTIVE && services.isEmpty();
        return new Plugin(
                plugin.id(),
                plugin.version(),
                plugin.artifact(),
                plugin.state(),
                idle ? guests.waits(held.bundles()) : plugin.why(),
                plugin.replaces(),
                plugin.door(),
                plugin.admission(),
                plugin.conformance(),
                services,
                plugin.imports(),
                plugin.times());
    }

    Collection<Held> all() {
        return List.copyOf(all.values());
    }

    Optional<Held> of(String file) {
        return Optional.ofNullable(all.get(file));
    }

    Optional<Held> of(Bundle bundle) {
        return all.values().stream()
                .filter(held -> held.bundles().contains(bundle))
                .findFirst();
    }

    List<Held> find(String id, Optional<String> version) {
        return all.values().stream().filter(held -> held.is(id, version)).toList();
    }

    /** Those of a plugin that have a file, without what is only shown. */
    List<Held> stored(String id, Optional<String> version) {
        return find(id, version).stream().filter(Held::stored).toList();
    }

    /** Puts one there, or in the place of the one with its key. */
    Held put(Held held) {
        Map<String, Held> next = new HashMap<>(all);
        next.put(held.key(), held);
        if (!held.stored()) {
            all.values().stream()
                    .filter(other -> !other.stored() && !other.key().equals(held.key()))
                    .sorted(Comparator.comparing(
                                    (Held other) -> other.plugin().times().changedAt())
                            .reversed())
                    .skip(MOST_SHOWN - 1L)
                    .forEach(old -> next.remove(old.key()));
        }
        become(next);
        return held;
    }

    /** Puts one there that was on the disk before. */
    void remembered(Held held) {
        all.put(held.key(), held);
    }

    /** Changes the state of one. */
    Held state(Held held, State state, String why) {
        return put(held.with(changed(held.plugin(), state, why, held.plugin().admission())));
    }

    Held finding(Held held, Finding finding) {
        List<Finding> more = new ArrayList<>(held.plugin().admission());
        more.add(finding);
        return put(held.with(
                changed(held.plugin(), held.plugin().state(), held.plugin().why(), more)));
    }

    /** Takes several away at once. */
    void remove(Collection<Held> gone) {
        Map<String, Held> next = new HashMap<>(all);
        gone.forEach(held -> next.remove(held.key()));
        become(next);
    }

    /** What has not come back after a start is not remembered any longer. */
    void writeDown() {
        write(all.values());
    }

    /** Whoever sees something new is told of it as it is written. */
    private void become(Map<String, Held> next) {
        write(next.values());
        all.putAll(next);
        all.keySet().retainAll(next.keySet());
    }

    /** What was only shown of a plugin is past. */
    void forgetShown(String id) {
        List<Held> shown = find(id, Optional.empty()).stream()
                .filter(held -> !held.stored())
                .toList();
        if (!shown.isEmpty()) {
            remove(shown);
        }
    }

    private Plugin changed(Plugin plugin, State state, String why, List<Finding> admission) {
        return new Plugin(
                plugin.id(),
                plugin.version(),
                plugin.artifact(),
                state,
                why,
                plugin.replaces(),
                plugin.door(),
                admission,
                plugin.conformance(),
                List.of(),
                plugin.imports(),
                new Plugin.Times(plugin.times().installedAt(), clock.instant()));
    }

    private void write(Collection<Held> now) {
        try {
            file.plugins(now.stream().map(Held::plugin).sorted(ORDER).toList());
        } catch (IOException full) {
            LOG.error(
                    "The states of the plugins cannot be written to {}; after a restart they are as they were before: {}",
                    StateFile.NAME,
                    full.getMessage());
        }
    }

    static Version version(String text) {
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException none) {
            return Version.emptyVersion;
        }
    }
}
