// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.Door;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.Refusal;
import eu.nephele.smo.core.plugins.life.StartFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A plugin comes in: beside what is there, in the place of other versions, or of a bundle of the product; for the first time or again. */
final class Entering {

    private final Tools tools;
    private final Supplier<FileReader> reader;
    private final Raising raising;
    private final Overrides overrides;
    private final Installing installing;
    private final Replacing replacing;

    Entering(
            Tools tools,
            Supplier<FileReader> reader,
            Raising raising,
            Overrides overrides,
            Installing installing,
            Replacing replacing) {
        this.tools = tools;
        this.reader = reader;
        this.raising = raising;
        this.overrides = overrides;
        this.installing = installing;
        this.replacing = replacing;
    }

    /** Installs it; the ticket says how it ended. */
    void install(Ticket ticket, PluginFile read, Door door) {
        if (overrides.concerns(read)) {
            overrides.install(ticket, read, door);
        } else {
            installing.install(ticket, read, door);
        }
    }

    /**
     * Installs a file that came to us in the place of the versions that are there; the ticket says how it ended.
     *
     * @param force although graphs need what only those offer
     */
    void upgrade(Ticket ticket, PluginFile read, boolean force) {
        if (overrides.concerns(read)) {
            overrides.install(ticket, read, Door.REST);
        } else {
            replacing.upgrade(ticket, read, Door.REST, tools.shelf().stored(read.id(), Optional.empty()), force);
        }
    }

    /**
     * Installs a file that lies in the folder; the ticket says how it ended.
     *
     * @param running what runs under its name
     */
    void found(Ticket ticket, PluginFile read, Optional<Held> running) {
        if (running.isPresent() && !overrides.concerns(read)) {
            replacing.replace(ticket, read, running.get());
        } else {
            install(ticket, read, Door.FOLDER);
        }
    }

    /**
     * Starts one that was stopped or has failed.
     *
     * @throws SmoException {@code UNPROCESSABLE} that says why it cannot be used
     */
    Plugin again(Held held) throws IOException {
        Plugin plugin = held.plugin();
        Ticket ticket = Tickets.unseen(plugin.id(), tools.clock());
        try {
            PluginFile read = reader.get().read(tools.folder().file(held.file()), held.file());
            tools.guests().takeOut(held.bundles(), held.packages());
            if (plugin.replaces()) {
                overrides.install(ticket, read, Door.FOLDER);
            } else {
                Held raised = raising.raise(
                        read, plugin.door(), State.STOPPED, plugin.times().installedAt(), ticket);
                installing.use(raised, ticket);
            }
        } catch (Refusal | StartFailure failed) {
            tools.shelf()
                    .state(
                            held.with(List.of()),
                            failed instanceof Refusal ? State.REFUSED : State.FAILED,
                            String.valueOf(failed.getMessage()));
            throw SmoException.of(
                    SmoException.Kind.UNPROCESSABLE,
                    plugin.id(),
                    String.valueOf(failed.getMessage()),
                    Optional.empty());
        } catch (RuntimeException | Error unexpected) {
            tools.shelf().state(held.with(List.of()), State.FAILED, unexpected.toString());
            throw unexpected;
        }
        return tools.shelf()
                .of(held.file())
                .map(tools.shelf()::withServices)
                .orElseThrow(() -> SmoException.conflict("Plugin %s is gone".formatted(plugin.id())));
    }
}
