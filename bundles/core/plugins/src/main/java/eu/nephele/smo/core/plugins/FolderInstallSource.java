// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.Door;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.contract.plugin.Plugin.Verdict;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.Refusal;
import eu.nephele.smo.core.plugins.files.FolderWatch.Look;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What others do in the folder of plugins. */
final class FolderDoor {

    private static final Logger LOG = LoggerFactory.getLogger(FolderDoor.class);
    private static final RequestOrigin FOLDER = new RequestOrigin("folder", "", Optional.empty());
    static final String NO_VERSION = "0.0.0";

    private final Tools tools;
    private final Supplier<FileReader> reader;
    private final OperationLog operations;
    private final Entering entering;
    private final Removing removing;
    private final Uses uses;

    FolderDoor(
            Tools tools,
            Supplier<FileReader> reader,
            OperationLog operations,
            Entering entering,
            Removing removing,
            Uses uses) {
        this.tools = tools;
        this.reader = reader;
        this.operations = operations;
        this.entering = entering;
        this.removing = removing;
        this.uses = uses;
    }

    /**
     * Looks, and does what has to be done.
     *
     * @return whether another look is worth while soon
     */
    boolean look() {
        try {
            Look look = tools.watch().look();
            look.gone().forEach(name -> alone(name, this::gone));
            look.present().forEach(name -> alone(name, this::present));
            return look.more();
        } catch (IOException unreadable) {
            LOG.error("The folder of plugins cannot be read: {}", unreadable.getMessage());
            return false;
        }
    }

    /** What goes wrong with one file does not keep the others from being seen. */
    private static void alone(String name, Consumer<String> change) {
        try {
            change.accept(name);
        } catch (RuntimeException | Error unexpected) {
            LOG.error(
                    "What happened to {} in the folder of plugins is not done; write the file again: {}",
                    name,
                    unexpected.getMessage(),
                    unexpected);
        }
    }

    private void present(String name) {
        Path file = tools.folder().file(name);
        Optional<Held> old = tools.shelf().of(name);
        try {
            PluginFile read = reader.get().read(file, name);
            if (old.filter(held -> held.holds(read) && held.plugin().state() != State.REFUSED)
                    .isPresent()) {
                return;
            }
            Optional<Held> running = old.filter(held -> !held.bundles().isEmpty());
            Ticket ticket = operations.note(
                    running.isPresent() ? Kind.UPGRADE_PLUGIN : Kind.INSTALL_PLUGIN, read.id(), read.who(), FOLDER);
            ticket.carryOut(() -> entering.found(ticket, read, running));
        } catch (Refusal refused) {
            refused(name, old, refused);
        } catch (IOException gone) {
            LOG.warn("{} cannot be read: {}", file, gone.getMessage());
        }
    }

    /** It is no plugin at all: what ran under that name goes on, and comes back with a restart. */
    private void refused(String name, Optional<Held> old, Refusal refusal) {
        LOG.warn("{} in the folder of plugins is refused: {}", name, refusal.getMessage());
        Instant now = tools.clock().instant();
        Optional<Held> running = old.filter(held -> !held.bundles().isEmpty());
        Plugin plugin = new Plugin(
                name,
                NO_VERSION,
                new Plugin.Artifact(name, running.isPresent() ? "refused-" + name : "", Optional.empty()),
                State.REFUSED,
                refusal.getMessage(),
                false,
                Door.FOLDER,
                refusal.findings(),
                Optional.empty(),
                List.of(),
                List.of(),
                new Plugin.Times(now, now));
        try {
            if (running.isPresent()) {
                tools.folder().restore(name);
                tools.watch().put(name, tools.folder().kept(name));
            }
        } catch (IOException lost) {
            LOG.error("The former content of {} cannot be put back: {}", name, lost.getMessage());
        }
        tools.shelf().put(new Held(plugin, running.isEmpty(), List.of(), Optional.empty()));
        tools.chronicle().tell("plugin.refused", plugin, Optional.empty(), "");
    }

    private void gone(String name) {
        Optional<Held> held = tools.shelf().of(name);
        if (held.isEmpty()) {
            return;
        }
        Plugin plugin = held.get().plugin();
        warnOfUses(held.get());
        boolean never = plugin.state() == State.REFUSED
                && plugin.admission().stream().anyMatch(finding -> finding.verdict() == Verdict.REFUSED);
        Ticket ticket = never
                ? Tickets.unseen(plugin.id(), tools.clock())
                : operations.note(Kind.REMOVE_PLUGIN, plugin.id(), plugin.id() + " " + plugin.version(), FOLDER);
        ticket.carryOut(() -> removing.remove(ticket, List.of(held.get())));
    }

    /** It goes in any case: whoever removes a file does not ask. */
    private void warnOfUses(Held going) {
        try {
            uses.of(tools.guests().services(going.bundles()))
                    .forEach(use -> LOG.warn(
                            "The file of plugin {} is gone; graph {} uses it ({}), its fallback decides now",
                            going.plugin().id(),
                            use.graph(),
                            use.how()));
        } catch (RuntimeException unknown) {
            LOG.warn(
                    "The file of plugin {} is gone; which graphs use it cannot be read: {}",
                    going.plugin().id(),
                    unknown.getMessage());
        }
    }
}
