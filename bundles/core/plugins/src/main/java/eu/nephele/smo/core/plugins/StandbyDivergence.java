// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.Door;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.Refusal;
import eu.nephele.smo.core.plugins.files.StoredList;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in words where a standby is not as the store: files that wait in its folder, plugins that do not run here. */
final class Bystanding {

    private static final Logger LOG = LoggerFactory.getLogger(Bystanding.class);
    private static final String WAITS =
            "this server stands by: what is put into its folder is installed when it becomes the owner; install it there";

    private final Tools tools;
    private final Supplier<FileReader> reader;
    private volatile List<String> differing = List.of();

    Bystanding(Tools tools, Supplier<FileReader> reader) {
        this.tools = tools;
        this.reader = reader;
    }

    /** This server is the owner: what it has is what counts. */
    void end() {
        tools.shelf().waiting(List.of());
        differing = List.of();
    }

    /**
     * @param names of files that wait
     * @param list what the store has
     */
    void tell(Collection<String> names, StoredList list) {
        Map<String, Plugin> stored = list.onDisk();
        List<Plugin> waiting = new ArrayList<>();
        for (String name : names) {
            waiting.add(waiting(
                    name,
                    Optional.ofNullable(stored.get(name))
                            .map(plugin -> "%s. The store has %s %s under this name"
                                    .formatted(WAITS, plugin.id(), plugin.version()))
                            .orElse(WAITS)));
        }
        tools.shelf().waiting(waiting);
        differing = stored.values().stream()
                .filter(plugin -> plugin.state() == State.ACTIVE)
                .flatMap(plugin -> whyNot(plugin).stream())
                .toList();
    }

    private Optional<String> whyNot(Plugin plugin) {
        List<Held> here = tools.shelf().all().stream()
                .filter(held -> held.is(plugin.id(), Optional.of(plugin.version()))
                        && held.plugin()
                                .artifact()
                                .sha256()
                                .equals(plugin.artifact().sha256()))
                .toList();
        if (here.stream().anyMatch(held -> held.plugin().state() == State.ACTIVE)) {
            return Optional.empty();
        }
        return Optional.of("plugin %s %s is used by the owner and does not run here: %s"
                .formatted(
                        plugin.id(),
                        plugin.version(),
                        here.isEmpty()
                                ? "another file has its name"
                                : here.get(0).plugin().why()));
    }

    /** A sentence each. */
    List<String> warnings() {
        List<String> all = new ArrayList<>(differing);
        tools.shelf()
                .waiting()
                .forEach(plugin ->
                        all.add("%s waits: %s".formatted(plugin.artifact().file(), plugin.why())));
        return all;
    }

    private Plugin waiting(String name, String why) {
        String id = name;
        String version = FolderDoor.NO_VERSION;
        String sha256 = "";
        try {
            PluginFile read = reader.get().read(tools.folder().file(name), name);
            id = read.id();
            version = read.version().toString();
            sha256 = read.sha256();
        } catch (Refusal | IOException unreadable) {
            LOG.debug("{} cannot be read: {}", name, unreadable.getMessage());
        }
        Instant now = tools.clock().instant();
        return new Plugin(
                id,
                version,
                new Plugin.Artifact(name, sha256, Optional.empty()),
                State.REFUSED,
                why,
                false,
                Door.FOLDER,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                new Plugin.Times(now, now));
    }
}
