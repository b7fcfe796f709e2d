// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.Door;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.Refusal;
import eu.nephele.smo.core.plugins.life.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** After a start everything is in the state that it had; what was half done is undone. */
final class Restoring {

    private static final Logger LOG = LoggerFactory.getLogger(Restoring.class);

    private final Tools tools;
    private final Supplier<FileReader> reader;
    private final Raising raising;
    private final Overrides overrides;

    Restoring(Tools tools, Supplier<FileReader> reader, Raising raising, Overrides overrides) {
        this.tools = tools;
        this.reader = reader;
        this.raising = raising;
        this.overrides = overrides;
    }

    /**
     * Does all of it.
     *
     * @return whether this room goes on; not when it has just replaced itself
     */
    boolean run() {
        try {
            undoReplacing();
            List<Held> back = new ArrayList<>();
            for (Plugin plugin : tools.state().now().plugins()) {
                remembered(plugin).ifPresent(back::add);
            }
            back.sort(Comparator.comparing((Held held) -> !held.plugin().replaces())
                    .thenComparing(held -> held.plugin().times().installedAt()));
            for (Held held : back) {
                if (!comesBack(held)) {
                    return false;
                }
            }
        } catch (IOException unreadable) {
            LOG.error("The folder of plugins cannot be read: {}", unreadable.getMessage(), unreadable);
        }
        return true;
    }

    /** One file that cannot be read does not keep the others from coming back. */
    private Optional<Held> remembered(Plugin plugin) {
        try {
            Optional<Held> held = held(plugin);
            held.ifPresent(tools.shelf()::remembered);
            return held.filter(Held::stored);
        } catch (IOException | RuntimeException unreadable) {
            doesNotComeBack(new Held(plugin, true, List.of(), Optional.empty()), State.FAILED, unreadable);
            return Optional.empty();
        }
    }

    private void doesNotComeBack(Held held, State state, Throwable why) {
        Plugin plugin = held.plugin();
        LOG.error("Plugin {} {} does not come back: {}", plugin.id(), plugin.version(), why.getMessage(), why);
        tools.shelf().state(held, state, why instanceof Error ? why.toString() : String.valueOf(why.getMessage()));
    }

    private void undoReplacing() throws IOException {
        String name = tools.state().now().replacing();
        if (!name.isEmpty()) {
            LOG.warn("{} was being replaced when the server ended; what ran before is back", name);
            if (Files.exists(tools.folder().kept(name))) {
                tools.folder().restore(name);
            }
            tools.state().replacing("");
        }
    }

    /** A plugin as it was; empty when its file is gone, another one, or was never to stay. */
    private Optional<Held> held(Plugin plugin) throws IOException {
        String name = plugin.artifact().file();
        String sha256 = plugin.artifact().sha256();
        Path file = tools.folder().file(name);
        boolean same = Files.isRegularFile(file)
                && (sha256.isEmpty() || FileReader.sha256(file).equals(sha256));
        boolean out = plugin.state() == State.REFUSED || plugin.state() == State.FAILED;
        if (!same) {
            return out ? Optional.of(new Held(plugin, false, List.of(), Optional.empty())) : Optional.empty();
        }
        boolean halfDone = plugin.state() == State.CANDIDATE
                || (plugin.state() == State.CHECKING && plugin.door() != Door.FOLDER)
                || (plugin.state() == State.STOPPED && plugin.why().equals(Removing.LEAVING));
        if (halfDone) {
            LOG.warn("{} was half done when the server ended; its file {} is removed", plugin.id(), name);
            tools.discard(name);
            return Optional.empty();
        }
        return plugin.state() == State.REFUSED || plugin.state() == State.CHECKING
                ? Optional.empty()
                : Optional.of(new Held(plugin, true, List.of(), Optional.empty()));
    }

    /**
     * Brings one back whose file lies in the folder.
     *
     * @return whether this room goes on; not when it has just replaced itself
     */
    boolean comesBack(Held held) {
        Plugin plugin = held.plugin();
        try {
            PluginFile read = reader.get().read(tools.folder().file(held.file()), held.file());
            tools.watch().seen(held.file());
            Held known = new Held(plugin, true, List.of(), Optional.of(read));
            tools.shelf().remembered(known);
            if (plugin.replaces()) {
                return plugin.state() != State.ACTIVE || overrides.again(known, read);
            }
            adoptOrRaise(known, read);
        } catch (Refusal refused) {
            doesNotComeBack(held, State.REFUSED, refused);
        } catch (IOException unreadable) {
            unread(held, unreadable);
        } catch (StartFailure | RuntimeException | Error failed) {
            doesNotComeBack(held, State.FAILED, failed);
        }
        return true;
    }

    /** What has been running while this room was away goes on; everything else is said not to run. */
    private void unread(Held held, IOException why) {
        Plugin plugin = held.plugin();
        List<Bundle> present = tools.guests().present(plugin.artifact());
        if (plugin.state() != State.ACTIVE || present.isEmpty()) {
            doesNotComeBack(held, State.FAILED, why);
            return;
        }
        LOG.error("Plugin {} {} goes on, its file cannot be read: {}", plugin.id(), plugin.version(), why.getMessage());
        tools.shelf().remembered(held.with(present));
    }

    private void adoptOrRaise(Held known, PluginFile read) throws Refusal, StartFailure, IOException {
        Plugin plugin = known.plugin();
        List<Bundle> present = tools.guests().present(plugin.artifact());
        if (present.size() == read.parts().size()) {
            // this room was away and the framework was not: the plugin has been running all the time
            tools.gate().admit(present);
            Held held = known.with(present);
            tools.shelf().remembered(held);
            if (plugin.state() == State.ACTIVE) {
                tools.gate().open(present);
            }
            return;
        }
        if (plugin.state() == State.ACTIVE) {
            Held held = raising.raise(
                    read,
                    plugin.door(),
                    State.ACTIVE,
                    plugin.times().installedAt(),
                    Tickets.unseen(plugin.id(), tools.clock()));
            tools.gate().open(held.bundles());
            tools.shelf().state(held, State.ACTIVE, "");
            tools.keep(held.file());
            LOG.info("Plugin {} {} is back", plugin.id(), plugin.version());
        }
    }
}
