// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin.Door;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.Refusal;
import eu.nephele.smo.core.plugins.life.StartFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A version of a plugin takes the place of others. Where that fails, everything is as it was. */
final class Replacing {

    private static final Logger LOG = LoggerFactory.getLogger(Replacing.class);

    private final Tools tools;
    private final Raising raising;
    private final Installing installing;
    private final Removing removing;
    private final Rehearsal rehearsal;
    private final Proof proof;
    private final Uses uses;

    Replacing(
            Tools tools,
            Raising raising,
            Installing installing,
            Removing removing,
            Rehearsal rehearsal,
            Proof proof,
            Uses uses) {
        this.tools = tools;
        this.raising = raising;
        this.installing = installing;
        this.removing = removing;
        this.rehearsal = rehearsal;
        this.proof = proof;
        this.uses = uses;
    }

    /** A file that came to us takes the place of installed versions; the ticket says how it ended. */
    void upgrade(Ticket ticket, PluginFile read, Door door, List<Held> olds, boolean force) {
        Optional<PluginFile> placed = Optional.empty();
        try {
            installing.checkFree(read);
            placed = Optional.of(installing.place(read, door));
            Consumer<Held> needed = fresh -> {
                if (!force) {
                    Uses.refuse(
                            "What version %s would take away"
                                    .formatted(fresh.plugin().version()),
                            uses.broken(services(olds), services(List.of(fresh))));
                }
            };
            Held fresh = beside(ticket, placed.get(), door, olds, needed);
            ticket.run(Action.REMOVE, () -> {
                tools.shelf().state(fresh, State.ACTIVE, "");
                return removing.makeWay(olds);
            });
            done(ticket, fresh);
        } catch (Refusal | StartFailure | IOException | SmoException failed) {
            placed.ifPresent(this::discard);
            olds.forEach(this::configured);
            installing.fail(ticket, read, door, false, rolledBack(failed, olds));
        } catch (RuntimeException | Error unexpected) {
            // what is active already has taken over: the old ones go with the next attempt
            placed.filter(file -> !isActive(file)).ifPresent(file -> {
                discard(file);
                olds.forEach(this::configured);
            });
            throw unexpected;
        }
    }

    /** A configuration that both versions bring belonged to the new one meanwhile, and has gone with it. */
    private void configured(Held old) {
        try {
            if (old.plugin().state() == State.ACTIVE && old.read().isPresent()) {
                tools.guests().configure(old.read().get());
            }
        } catch (IOException full) {
            LOG.warn(
                    "The configurations of {} cannot be stored: {}",
                    old.plugin().id(),
                    full.getMessage());
        }
    }

    private Optional<Held> held(PluginFile file) {
        return tools.shelf().of(String.valueOf(file.path().getFileName()));
    }

    private boolean isActive(PluginFile file) {
        return held(file).filter(held -> held.plugin().state() == State.ACTIVE).isPresent();
    }

    private void discard(PluginFile placed) {
        tools.discard(String.valueOf(placed.path().getFileName()));
        held(placed).ifPresent(held -> tools.shelf().remove(List.of(held)));
    }

    /**
     * A file in the folder has new content.
     *
     * @param old what runs under that name
     */
    void replace(Ticket ticket, PluginFile read, Held old) {
        String name = old.file();
        try {
            tools.state().replacing(name);
            raising.look(read);
            boolean sameVersion = old.is(read.id(), Optional.of(read.version().toString()));
            if (!sameVersion) {
                installing.checkFree(read);
            }
            Held fresh = sameVersion
                    ? inPlace(ticket, read, old)
                    : beside(ticket, read, Door.FOLDER, List.of(old), unchecked -> {});
            ticket.run(Action.REMOVE, () -> {
                if (!sameVersion) {
                    removing.keepForTheWayBack(old, services(List.of(old)));
                }
                return removing.takeOut(old, read.configurations().keySet())
                        .map(finding -> finding.detail())
                        .orElse("");
            });
            tools.shelf().state(fresh, State.ACTIVE, "");
            settle(name);
            done(ticket, fresh);
        } catch (Refusal | StartFailure | IOException failed) {
            back(name, old);
            installing.fail(ticket, read, Door.FOLDER, false, rolledBack(failed, List.of(old)));
        } catch (RuntimeException | Error unexpected) {
            if (hasTakenOver(read)) {
                settle(name);
            } else {
                back(name, old);
            }
            throw unexpected;
        }
    }

    private boolean hasTakenOver(PluginFile read) {
        return isActive(read) && held(read).filter(held -> held.holds(read)).isPresent();
    }

    /** The old content has gone, so from here on nothing leads back to it, whatever the disk says. */
    private void settle(String name) {
        tools.keep(name);
        try {
            tools.state().replacing("");
        } catch (IOException full) {
            LOG.warn("After a restart {} is taken for half replaced and read once more: {}", name, full.getMessage());
        }
    }

    /** Brings the new one up beside the old ones, lets it take over, and watches it. */
    private Held beside(Ticket ticket, PluginFile placed, Door door, List<Held> olds, Consumer<Held> needed)
            throws Refusal, StartFailure, IOException {
        Held fresh = raising.raise(placed, door, State.CANDIDATE, tools.clock().instant(), ticket);
        try {
            needed.accept(fresh);
            ticket.run(
                    Action.REHEARSE,
                    () -> rehearsal.run(
                            tools.guests().services(fresh.bundles()),
                            tools.settings().get().rehearseDecisions()));
            ticket.run(Action.SWITCH, () -> switchOver(fresh, olds));
            ticket.run(
                    Action.PROVE,
                    () -> proof.watch(fresh.bundles(), tools.settings().get()));
            return fresh;
        } catch (Refusal | StartFailure | IOException | RuntimeException | Error failed) {
            undo(fresh, olds);
            throw failed;
        }
    }

    private void undo(Held fresh, List<Held> olds) {
        olds.stream().filter(old -> old.plugin().state() == State.ACTIVE).forEach(old -> tools.gate()
                .open(old.bundles()));
        tools.gate().close(fresh.bundles());
        removing.takeOut(fresh);
    }

    private List<OfferedService> services(List<Held> of) {
        return of.stream()
                .flatMap(held -> tools.guests().services(held.bundles()).stream())
                .toList();
    }

    /** The highest version decides; where the new one is not that, the old ones have to step back. */
    private String switchOver(Held fresh, List<Held> olds) {
        tools.gate().open(fresh.bundles());
        olds.stream()
                .filter(old -> Shelf.version(old.plugin().version())
                                .compareTo(Shelf.version(fresh.plugin().version()))
                        > 0)
                .forEach(old -> tools.gate().close(old.bundles()));
        return "";
    }

    /** Other content of the same version: recorded decisions and standings do not tell the two apart, so it is not watched. */
    private Held inPlace(Ticket ticket, PluginFile read, Held old) throws Refusal, StartFailure, IOException {
        Held fresh = raising.raise(
                read, Door.FOLDER, State.CHECKING, old.plugin().times().installedAt(), ticket);
        try {
            ticket.run(Action.SWITCH, () -> {
                // of two equal ones the older decides, until it is closed
                tools.gate().open(fresh.bundles());
                tools.gate().close(old.bundles());
                return "";
            });
            return fresh;
        } catch (Refusal | StartFailure | IOException | RuntimeException | Error failed) {
            undo(fresh, List.of(old));
            throw failed;
        }
    }

    /** What ran before is under its name again, and runs. */
    private void back(String name, Held old) {
        try {
            tools.folder().restore(name);
            tools.watch().put(name, tools.folder().kept(name));
            boolean runs =
                    old.bundles().stream().allMatch(bundle -> bundle.getState() == org.osgi.framework.Bundle.ACTIVE);
            if (runs || old.plugin().state() != State.ACTIVE) {
                tools.shelf().put(old);
                if (runs && old.read().isPresent()) {
                    tools.guests().configure(old.read().get());
                }
            } else {
                again(name, old);
            }
            tools.state().replacing("");
        } catch (IOException lost) {
            tools.shelf().put(old);
            LOG.error(
                    "The former content of {} cannot be put back; what runs goes on until the server ends: {}",
                    name,
                    lost.getMessage(),
                    lost);
        }
    }

    private void again(String name, Held old) throws IOException {
        PluginFile read = old.read()
                .map(it -> it.movedTo(tools.folder().file(name)))
                .orElseThrow(() -> new IOException("nobody has read " + name));
        Ticket unseen = Tickets.unseen(old.plugin().id(), tools.clock());
        try {
            Held held = raising.raise(
                    read,
                    old.plugin().door(),
                    State.ACTIVE,
                    old.plugin().times().installedAt(),
                    unseen);
            tools.gate().open(held.bundles());
            tools.shelf().state(held, State.ACTIVE, "");
        } catch (Refusal | StartFailure failed) {
            LOG.error("Plugin {} {} does not come back: {}", read.id(), read.version(), failed.getMessage());
            tools.shelf().state(old.with(List.of()), State.FAILED, String.valueOf(failed.getMessage()));
        }
    }

    private void done(Ticket ticket, Held fresh) {
        tools.keep(fresh.file());
        tools.shelf().forgetShown(fresh.plugin().id());
        ticket.succeed(installing.offers(fresh));
        LOG.info(
                "Plugin {} is now version {}",
                fresh.plugin().id(),
                fresh.plugin().version());
        tools.chronicle()
                .tell(
                        "plugin.upgraded",
                        fresh.plugin(),
                        ticket.id(),
                        ticket.operation().origin().correlationId());
    }

    private static Exception rolledBack(Exception failed, List<Held> olds) {
        String versions = String.join(
                ", ", olds.stream().map(old -> old.plugin().version()).toList());
        String text = "rolled back, version %s goes on: %s".formatted(versions, failed.getMessage());
        if (failed instanceof SmoException) {
            return SmoException.conflict(text);
        }
        if (failed instanceof Refusal refusal) {
            return new Refusal(refusal.findings());
        }
        return failed instanceof StartFailure failure ? failure.saying(text) : new IOException(text, failed);
    }
}
