// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.contract.store.DamagedContentException;
import eu.nephele.smo.core.contract.store.InstalledPlugins;
import eu.nephele.smo.core.contract.store.PluginStore;
import eu.nephele.smo.core.plugins.files.Accord;
import eu.nephele.smo.core.plugins.files.Accord.Deed;
import eu.nephele.smo.core.plugins.files.Accord.Step;
import eu.nephele.smo.core.plugins.files.Digests;
import eu.nephele.smo.core.plugins.files.StoreMark;
import eu.nephele.smo.core.plugins.files.StoredList;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings this server into accord with what the store has: files and bundles, with the same admission and examination as everywhere.
 * Nothing is written to the store, nobody is told. Used by one thread.
 */
final class Following {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    private final Tools tools;
    private final Bystanding bystanding;
    private final Restoring restoring;
    private final Removing removing;
    private final Overrides overrides;
    private final Digests digests = new Digests();
    private final WayBack wayBack;
    /** What was in the folder, of what the store had, when this server wrote that down last. */
    private final Map<String, String> known = new HashMap<>();

    private Optional<Seen> last = Optional.empty();

    private record Seen(long revision, Map<String, String> folder) {}

    Following(Tools tools, Bystanding bystanding, Restoring restoring, Removing removing, Overrides overrides) {
        this.tools = tools;
        this.bystanding = bystanding;
        this.restoring = restoring;
        this.removing = removing;
        this.overrides = overrides;
        this.wayBack = new WayBack(tools.folder());
        // before anything comes back: what has changed since is somebody's wish
        known.putAll(of(new StoredList(tools.state().now().plugins(), Map.of(), List.of()).onDisk()));
    }

    private static Map<String, String> of(Map<String, Plugin> files) {
        Map<String, String> all = new HashMap<>();
        files.forEach((name, plugin) -> all.put(name, plugin.artifact().sha256()));
        return all;
    }

    /** This server has been the owner: what it has is what the store had. */
    void begin() {
        known.clear();
        tools.shelf().all().stream()
                .filter(Held::stored)
                .forEach(held -> known.put(held.file(), held.plugin().artifact().sha256()));
        last = Optional.empty();
    }

    /** Looks whether there is anything new, in the store or in the folder, and does as the store says. */
    void follow(PluginStore store) throws IOException {
        Seen now = new Seen(store.revision(), folder());
        if (last.filter(now::equals).isPresent()) {
            return;
        }
        Optional<InstalledPlugins> there = store.installed();
        if (there.isEmpty()) {
            bystanding.tell(now.folder().keySet(), StoredList.NOTHING);
            last = Optional.of(now);
        } else if (accord(store, there.get(), true)) {
            // the folder as it was before: what has come meanwhile is seen with the next look
            last = Optional.of(new Seen(there.get().revision(), now.folder()));
        }
    }

    /**
     * Does as the store says before this server becomes the owner. What somebody has put into the folder stays, and is news.
     *
     * @return whether this room goes on; not when it has just replaced itself
     */
    boolean takeOver(PluginStore store, InstalledPlugins there) throws IOException {
        return accord(store, there, false);
    }

    /** This server is the owner: it waits for nobody. */
    void end() {
        last = Optional.empty();
        bystanding.end();
    }

    private boolean accord(PluginStore store, InstalledPlugins there, boolean standby) throws IOException {
        StoredList list = StoredList.read(there.list());
        if (!tools.state().now().store().knows(there)) {
            known.clear();
            remember(store, there, 0);
        }
        learn(list);
        Map<String, String> folder = folder();
        Map<String, Plugin> wanted = wanted(list, folder, store);
        List<String> left = new ArrayList<>();
        for (Step step : Accord.of(of(wanted), Map.copyOf(known), folder)) {
            if (!done(step, wanted, store)) {
                return false;
            }
            if (step.deed() == Deed.LEAVE) {
                left.add(step.file());
            }
        }
        if (standby) {
            left.forEach(name -> setAside(name, list));
        }
        if (!bring(wanted)) {
            return false;
        }
        if (standby) {
            show(list);
            bystanding.tell(left, list);
        }
        if (store.isShared()) {
            wayBack.follow(list.replaced(), store);
        }
        remember(store, there, there.revision());
        return true;
    }

    private Map<String, String> folder() throws IOException {
        return digests.of(
                tools.folder().names().stream().map(tools.folder()::file).toList());
    }

    /**
     * Does it at once, and notes at once that it is done: a store that goes in between leaves nothing that looks like somebody's wish.
     *
     * @param wanted what is not in the folder afterwards is taken out
     * @return whether this room goes on
     */
    private boolean done(Step step, Map<String, Plugin> wanted, PluginStore store) throws IOException {
        String name = step.file();
        Optional<Plugin> plugin = Optional.ofNullable(wanted.get(name));
        if (step.deed() == Deed.REMOVE) {
            boolean goesOn = goes(name);
            known.remove(name);
            return goesOn;
        }
        boolean there = step.deed() != Deed.LEAVE
                && plugin.isPresent()
                && (step.deed() == Deed.KEEP || fetch(store, plugin.get()));
        if (there) {
            known.put(name, plugin.get().artifact().sha256());
        } else {
            wanted.remove(name);
        }
        return true;
    }

    /** What the kit has found elsewhere about a content it finds here, too. */
    private void learn(StoredList list) throws IOException {
        for (var verdict : list.verdicts().entrySet()) {
            if (tools.state().now().verdict(verdict.getKey()).isEmpty()) {
                tools.state().verdict(verdict.getKey(), verdict.getValue());
            }
        }
    }

    /** Of what has failed, or was never to stay, the store may have no content. */
    private static Map<String, Plugin> wanted(StoredList list, Map<String, String> folder, PluginStore store) {
        var contents = store.contents();
        Map<String, Plugin> wanted = new HashMap<>(list.onDisk());
        wanted.values()
                .removeIf(plugin -> plugin.state() == State.FAILED
                        && !contents.contains(plugin.artifact().sha256())
                        && !plugin.artifact()
                                .sha256()
                                .equals(folder.get(plugin.artifact().file())));
        return wanted;
    }

    private boolean goes(String name) throws IOException {
        Optional<Held> held = tools.shelf().of(name);
        LOG.info("{} is not among the plugins of the store any more and goes", name);
        if (held.isPresent()) {
            removing.leave(List.of(held.get()));
        } else {
            tools.discard(name);
        }
        return !overrides.havePassed();
    }

    /** @return whether its content is there now */
    private boolean fetch(PluginStore store, Plugin plugin) throws IOException {
        String name = plugin.artifact().file();
        if (!tools.folder().takes(name)) {
            throw new IOException("the store has a plugin whose file would be %s".formatted(name));
        }
        Path part = Files.createTempFile(tools.folder().scratch(), "store", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                store.copy(plugin.artifact().sha256(), out);
            }
            takeOut(name);
            tools.folder().put(part, tools.folder().file(name));
            tools.watch().seen(name);
            return true;
        } catch (DamagedContentException damaged) {
            LOG.error("Plugin {} {} is not used: {}", plugin.id(), plugin.version(), damaged.getMessage());
            tools.shelf()
                    .put(new Held(
                            saying(plugin, State.FAILED, String.valueOf(damaged.getMessage())),
                            false,
                            List.of(),
                            Optional.empty()));
            return false;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void takeOut(String name) {
        tools.shelf().of(name).ifPresent(held -> {
            if (held.plugin().replaces()) {
                overrides.withdraw(held.plugin());
            } else {
                removing.takeOut(held);
            }
            tools.shelf().remove(List.of(held));
        });
    }

    /** What came into the folder of a standby does not run, unless it is what the store has. */
    private void setAside(String name, StoredList list) {
        boolean same = tools.shelf()
                .of(name)
                .map(held -> held.plugin().artifact().sha256())
                .equals(Optional.ofNullable(list.onDisk().get(name))
                        .map(plugin -> plugin.artifact().sha256()));
        if (!same) {
            takeOut(name);
        }
    }

    private boolean bring(Map<String, Plugin> wanted) {
        List<Plugin> order = wanted.values().stream()
                .sorted(Comparator.comparing((Plugin plugin) -> !plugin.replaces())
                        .thenComparing(plugin -> plugin.times().installedAt()))
                .toList();
        for (Plugin plugin : order) {
            Optional<Held> held = tools.shelf().of(plugin.artifact().file());
            if (held.filter(it -> isAs(it, plugin)).isEmpty()) {
                if (held.isPresent() && (plugin.state() != State.ACTIVE || !isOf(held.get(), plugin))) {
                    takeOut(held.get().file());
                }
                if (!restoring.comesBack(new Held(plugin, true, List.of(), Optional.empty()))) {
                    return false;
                }
                tools.shelf().forgetShown(plugin.id());
                tools.shelf().of(plugin.artifact().file()).ifPresent(tools.shelf()::put);
            }
        }
        return true;
    }

    private static boolean isOf(Held held, Plugin plugin) {
        return held.plugin().artifact().sha256().equals(plugin.artifact().sha256());
    }

    private static boolean isAs(Held held, Plugin plugin) {
        return isOf(held, plugin) && held.plugin().state() == plugin.state();
    }

    /** What the owner has refused is shown here, too. */
    private void show(StoredList list) {
        List<Plugin> refused = list.plugins().stream()
                .filter(plugin -> plugin.state() == State.REFUSED)
                .toList();
        tools.shelf()
                .remove(tools.shelf().all().stream()
                        .filter(held -> !held.stored()
                                && held.plugin().state() == State.REFUSED
                                && !refused.contains(held.plugin()))
                        .toList());
        refused.stream()
                .filter(plugin -> tools.shelf().all().stream()
                        .noneMatch(held -> held.plugin().equals(plugin)))
                .forEach(plugin -> tools.shelf().put(new Held(plugin, false, List.of(), Optional.empty())));
    }

    private void remember(PluginStore store, InstalledPlugins there, long revision) throws IOException {
        String folder = tools.state().now().store().folder();
        tools.state()
                .store(new StoreMark(
                        folder.isEmpty() ? UUID.randomUUID().toString() : folder,
                        there.origin(),
                        revision,
                        store.isShared()));
    }

    private static Plugin saying(Plugin plugin, State state, String why) {
        return new Plugin(
                plugin.id(),
                plugin.version(),
                plugin.artifact(),
                state,
                why,
                plugin.replaces(),
                plugin.door(),
                plugin.admission(),
                plugin.conformance(),
                List.of(),
                plugin.imports(),
                plugin.times());
    }
}
