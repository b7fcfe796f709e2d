// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.contract.store.InstalledPlugins;
import eu.nephele.smo.core.contract.store.PluginStore;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.files.FileDigests;
import eu.nephele.smo.core.plugins.files.PersistedState;
import eu.nephele.smo.core.plugins.files.PluginFolder;
import eu.nephele.smo.core.plugins.files.ReplacedContents;
import eu.nephele.smo.core.plugins.files.StateFile;
import eu.nephele.smo.core.plugins.files.StoreRevision;
import eu.nephele.smo.core.plugins.files.StoredPluginList;
import eu.nephele.smo.core.plugins.files.StoredPluginList.Replaced;
import eu.nephele.smo.core.plugins.life.OptionalServices;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the persisted state of the plugins into the store, each time after it is on the disk: a file first, then the
 * list that names it. An unavailable store prevents no installation or removal; it is brought up to date when it is
 * back, and only then changes are published as done. One thread writes, any thread may read.
 */
final class PluginStoreWriter implements StateFile.StateReplica {

    private static final Logger LOG = LoggerFactory.getLogger(PluginStoreWriter.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final OptionalServices optionalServices;
    private final PluginFolder folder;
    private final FileDigests digests = new FileDigests();
    private final List<Runnable> later = new ArrayList<>();
    private volatile Optional<StoredLink> link = Optional.empty();
    private Optional<Plugin> former = Optional.empty();
    private long notBefore = System.nanoTime();
    private volatile boolean behind;
    private volatile String failure = "";

    PluginStoreWriter(OptionalServices optionalServices, PluginFolder folder) {
        this.optionalServices = optionalServices;
        this.folder = folder;
    }

    /**
     * @param contents digests of what is there; grows
     * @param list the stored list; empty when another server wrote it
     */
    private record StoredLink(StoreRevision storeRevision, Set<String> contents, Optional<StoredPluginList> list) {
        StoreRevision next() {
            return new StoreRevision(
                    storeRevision.folder(),
                    storeRevision.origin(),
                    storeRevision.revision() + 1,
                    storeRevision.shared());
        }
    }

    /** @return the revision that has to be on the disk before the first write to the store */
    StoreRevision begin(PluginStore store, Optional<InstalledPlugins> there, PersistedState now) {
        String own = Optional.of(now.store().folder())
                .filter(id -> !id.isEmpty())
                .orElseGet(() -> UUID.randomUUID().toString());
        StoreRevision storeRevision = new StoreRevision(
                own,
                there.map(InstalledPlugins::origin)
                        .orElseGet(() -> UUID.randomUUID().toString()),
                there.map(InstalledPlugins::revision).orElse(0L),
                store.isShared());
        Optional<StoredPluginList> list = there.filter(
                        installed -> installed.writer().equals(own))
                .map(installed -> StoredPluginList.read(installed.list()));
        StoredLink begun = new StoredLink(storeRevision, new HashSet<>(store.contents()), list);
        link = Optional.of(begun);
        behind = true;
        return begun.next();
    }

    void end() {
        link = Optional.empty();
    }

    boolean hasBegun() {
        return link.isPresent();
    }

    /** Why the store lacks something that is done; empty while all is well. */
    Optional<String> failure() {
        return Optional.of(failure).filter(why -> !why.isEmpty());
    }

    /** Marks the content of the store as unknown. */
    void expectMore() {
        behind = true;
    }

    /** Does something when the store has all that was done before, at once where it has or where there is none. */
    void afterwards(Runnable task) {
        synchronized (later) {
            // a store that was just registered is not read yet
            if (behind
                    || (link.isEmpty()
                            && optionalServices.find(PluginStore.class).isPresent())) {
                later.add(task);
                return;
            }
        }
        task.run();
    }

    @Override
    public StoreRevision next(StoreRevision now) {
        return link.map(StoredLink::next).orElse(now);
    }

    @Override
    public void written(PersistedState now) {
        former = now.replacing().isEmpty() ? Optional.empty() : former.or(() -> running(now));
        if (link.isPresent()) {
            behind = true;
            catchUp(now);
        }
    }

    private static Optional<Plugin> running(PersistedState now) {
        return now.plugins().stream()
                .filter(plugin ->
                        plugin.artifact().file().equals(now.replacing()) && plugin.state() == PluginState.ACTIVE)
                .findFirst();
    }

    /** Brings the store up to date, unless that has just failed. */
    void catchUp(PersistedState now) {
        Optional<PluginStore> store = optionalServices.find(PluginStore.class);
        if (!behind || link.isEmpty() || store.isEmpty() || System.nanoTime() - notBefore < 0) {
            return;
        }
        try {
            if (publish(store.get(), link.get(), now)) {
                caughtUp();
            } else {
                LOG.warn("plugin list in the store was changed by another server; reading it again");
                link = Optional.empty();
            }
        } catch (SmoException | IOException failed) {
            notBefore = System.nanoTime() + PAUSE.toNanos();
            failure = String.valueOf(failed.getMessage());
            LOG.warn("storing plugin list failed reason=\"{}\"; retrying", failed.getMessage());
        }
    }

    private boolean publish(PluginStore store, StoredLink there, PersistedState now) throws IOException {
        Map<Replaced, Path> replaced = there.storeRevision().shared() ? replaced() : Map.of();
        StoredPluginList list = StoredPluginList.create(now, former, List.copyOf(replaced.keySet()));
        if (there.list().filter(list::equals).isPresent() && !lacksFiles(there, list)) {
            return true;
        }
        Set<String> needed = new TreeSet<>();
        for (Plugin plugin : list.onDisk().values()) {
            String sha256 = plugin.artifact().sha256();
            if (there.contents().contains(sha256) || store(store, plugin)) {
                there.contents().add(sha256);
                needed.add(sha256);
            }
        }
        for (Map.Entry<Replaced, Path> content : replaced.entrySet()) {
            String sha256 = content.getKey().sha256();
            if (!there.contents().contains(sha256)) {
                keep(store, content.getValue(), sha256);
            }
            there.contents().add(sha256);
            needed.add(sha256);
        }
        StoreRevision next = there.next();
        if (!store.replace(new InstalledPlugins(next.revision(), next.origin(), next.folder(), list.json()), needed)) {
            return false;
        }
        link = Optional.of(new StoredLink(next, new HashSet<>(needed), Optional.of(list)));
        return true;
    }

    /** Returns the rollback contents, the latest first; only other servers need them from the store. */
    private Map<Replaced, Path> replaced() throws IOException {
        List<ReplacedContents.Replaced> all = folder.replaced().all();
        Map<String, String> contents = digests.compute(
                all.stream().map(ReplacedContents.Replaced::file).toList());
        Map<Replaced, Path> replaced = new LinkedHashMap<>();
        all.forEach(content -> Optional.ofNullable(contents.get(content.name()))
                .ifPresent(sha256 ->
                        replaced.put(new Replaced(content.name(), sha256, content.offers()), content.file())));
        return replaced;
    }

    private static boolean lacksFiles(StoredLink there, StoredPluginList list) {
        return list.onDisk().values().stream()
                .anyMatch(plugin -> plugin.state() != PluginState.FAILED
                        && !there.contents().contains(plugin.artifact().sha256()));
    }

    /** @return whether its content was found; that of a failed plugin may have been removed */
    private boolean store(PluginStore store, Plugin plugin) throws IOException {
        String sha256 = plugin.artifact().sha256();
        for (Path copy : folder.copies(plugin.artifact().file())) {
            if (FileReader.sha256(copy).equals(sha256)) {
                keep(store, copy, sha256);
                return true;
            }
        }
        if (plugin.state() != PluginState.FAILED) {
            LOG.warn(
                    "plugin content not found plugin={} version={}; the store lacks it", plugin.id(), plugin.version());
        }
        return false;
    }

    private static void keep(PluginStore store, Path file, String sha256) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            store.keep(sha256, content);
        }
    }

    /** Stores a damaged content again, with a new revision, so that servers that could not use it read it again. */
    void mend(PluginStore store, Plugin plugin) throws IOException {
        if (store(store, plugin)) {
            link = link.map(there -> new StoredLink(there.storeRevision(), there.contents(), Optional.empty()));
            behind = true;
        }
    }

    private void caughtUp() {
        failure = "";
        List<Runnable> now;
        synchronized (later) {
            behind = false;
            now = List.copyOf(later);
            later.clear();
        }
        now.forEach(Runnable::run);
    }
}
