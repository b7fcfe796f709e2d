// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.Door;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.contract.plugin.PluginService.Use;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where requests come in: what can be refused at once is, the rest is handed to the one thread that changes plugins. */
final class PluginDesk {

    private static final Logger LOG = LoggerFactory.getLogger(PluginDesk.class);
    private static final Set<State> PAST = EnumSet.of(State.REFUSED, State.FAILED);
    private static final Duration ADMISSION = Duration.ofSeconds(5);
    private static final Duration CHANGE = Duration.ofSeconds(60);

    private final Tools tools;
    private final Worker worker;
    private final Supplier<FileReader> reader;
    private final OperationLog operations;
    private final Entering entering;
    private final Removing removing;
    private final Uses uses;

    PluginDesk(
            Tools tools,
            Worker worker,
            Supplier<FileReader> reader,
            OperationLog operations,
            Entering entering,
            Removing removing,
            Uses uses) {
        this.tools = tools;
        this.worker = worker;
        this.reader = reader;
        this.operations = operations;
        this.entering = entering;
        this.removing = removing;
        this.uses = uses;
    }

    public List<Plugin> plugins() {
        return tools.shelf().plugins();
    }

    public List<Plugin> versions(String id) {
        return plugins().stream()
                .filter(plugin -> plugin.id().equals(id))
                .sorted(Comparator.comparing((Plugin plugin) -> Shelf.version(plugin.version()))
                        .reversed())
                .toList();
    }

    public Operation install(Path file, String name, Door door, RequestOrigin origin) {
        return takeIn(
                file,
                name,
                origin,
                read -> begin(Kind.INSTALL_PLUGIN, read, origin, ticket -> entering.install(ticket, read, door)));
    }

    public Operation upgrade(String id, Path file, String name, boolean force, RequestOrigin origin) {
        return takeIn(file, name, origin, read -> {
            if (tools.shelf().stored(id, Optional.empty()).isEmpty()) {
                throw SmoException.notFound("There is no plugin %s to upgrade; install it".formatted(id));
            }
            if (!read.id().equals(id)) {
                throw SmoException.conflict(
                        "The file is %s, not a version of %s; nothing is changed".formatted(read.who(), id));
            }
            return begin(Kind.UPGRADE_PLUGIN, read, origin, ticket -> entering.upgrade(ticket, read, force));
        });
    }

    public Operation rollback(String id, boolean force, RequestOrigin origin) {
        if (tools.shelf().stored(id, Optional.empty()).isEmpty()) {
            throw SmoException.notFound("There is no plugin %s to roll back".formatted(id));
        }
        try {
            Path last = tools.folder().replaced().of(id).stream()
                    .findFirst()
                    .orElseThrow(() -> SmoException.notFound(
                            "No version of %s that was replaced is kept; upgrade to it with its file".formatted(id)));
            String name = String.valueOf(last.getFileName());
            Path copy = Files.createTempFile(tools.folder().scratch(), "rollback", name.substring(name.length() - 4));
            Files.copy(last, copy, StandardCopyOption.REPLACE_EXISTING);
            return upgrade(id, copy, name, force, origin);
        } catch (IOException unreadable) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "disk",
                    "The replaced version of %s cannot be read: %s".formatted(id, unreadable.getMessage()),
                    Optional.empty());
        }
    }

    public void forget(String id, Optional<String> version) {
        worker.call("Forgetting " + id, CHANGE, () -> {
            List<Held> past = tools.shelf().find(id, version).stream()
                    .filter(held ->
                            !held.stored() || PAST.contains(held.plugin().state()))
                    .toList();
            if (past.isEmpty()) {
                throw SmoException.notFound(
                        "%s has no version that was refused or has failed; remove takes out what is installed"
                                .formatted(id));
            }
            return removing.leave(past);
        });
    }

    /** What is done with a file that could be read. */
    @FunctionalInterface
    private interface Taking {
        Operation take(PluginFile read);
    }

    /** What is done on the one thread. */
    @FunctionalInterface
    private interface Work {
        void run(Ticket ticket);
    }

    private Operation takeIn(Path file, String name, RequestOrigin origin, Taking taking) {
        boolean handed = false;
        try {
            Optional<Operation> before = operations.repeated(origin);
            if (before.isPresent()) {
                return before.get();
            }
            Operation operation = taking.take(reader.get().read(file, name));
            handed = !operation.state().isFinal();
            return operation;
        } catch (Refusal refused) {
            throw SmoException.invalid("%s is refused: %s".formatted(name, refused.getMessage()), List.of());
        } catch (IOException unreadable) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "disk",
                    "%s cannot be read: %s".formatted(name, unreadable.getMessage()),
                    Optional.empty());
        } finally {
            if (!handed) {
                discard(file);
            }
        }
    }

    /** There is nothing to do where it is installed already; other content of its version is a conflict. */
    private Operation begin(Kind kind, PluginFile read, RequestOrigin origin, Work work) {
        Optional<Held> same = tools
                .shelf()
                .stored(read.id(), Optional.of(read.version().toString()))
                .stream()
                .filter(held -> !PAST.contains(held.plugin().state()))
                .findFirst();
        if (same.isPresent()) {
            if (!same.get().holds(read)) {
                throw SmoException.conflict(Installing.conflict(read, same.get().plugin()));
            }
            discard(read.path());
            return operations
                    .nothingToDo(kind, read.id(), read.who(), origin, read.who() + " is installed already")
                    .awaitAdmission(ADMISSION);
        }
        Ticket ticket = operations.begin(kind, read.id(), read.who(), origin);
        worker.run("%s of %s".formatted(kind, read.who()), () -> {
            try {
                ticket.carryOut(() -> work.run(ticket));
            } finally {
                discard(read.path());
            }
        });
        return ticket.awaitAdmission(ADMISSION);
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.warn("{} stays until the next start: {}", file, stays.getMessage());
        }
    }

    public Operation remove(String id, Optional<String> version, boolean force, RequestOrigin origin) {
        Optional<Operation> before = operations.repeated(origin);
        if (before.isPresent()) {
            return before.get();
        }
        List<Held> leaving = present(id, version);
        if (!force) {
            Uses.refuse(id, uses.broken(offered(leaving), offeredByOthers(leaving)));
        }
        Ticket ticket = operations.begin(Kind.REMOVE_PLUGIN, id, (id + " " + version.orElse("")).strip(), origin);
        worker.run(
                "Removal of " + id,
                () -> ticket.carryOut(
                        () -> removing.remove(ticket, tools.shelf().find(id, version))));
        return ticket.told();
    }

    public Plugin stop(String id, Optional<String> version, boolean force, RequestOrigin origin) {
        List<Held> stopping = present(id, version);
        if (!force) {
            Uses.refuse(id, uses.broken(offered(stopping), offeredByOthers(stopping)));
        }
        return worker.call("The stop of " + id, CHANGE, () -> {
            List<Held> running = tools.shelf().stored(id, version).stream()
                    .filter(held -> held.plugin().state() == State.ACTIVE)
                    .toList();
            if (running.isEmpty()) {
                throw SmoException.conflict("Plugin %s does not run".formatted(id));
            }
            return running.stream()
                    .map(held -> removing.stop(held, "stopped by " + origin.principal()))
                    .reduce((first, second) -> second)
                    .orElseThrow();
        });
    }

    public Plugin start(String id, Optional<String> version, RequestOrigin origin) {
        present(id, version);
        return worker.call("The start of " + id, CHANGE, () -> {
            Held held = tools.shelf().stored(id, version).stream()
                    .filter(it -> it.plugin().state() != State.ACTIVE)
                    .max(Comparator.comparing(it -> Shelf.version(it.plugin().version())))
                    .orElseThrow(() ->
                            SmoException.conflict("Plugin %s has no version that could be started".formatted(id)));
            return entering.again(held);
        });
    }

    public List<Use> uses(String id) {
        return uses.of(offered(present(id, Optional.empty())));
    }

    private List<Held> present(String id, Optional<String> version) {
        List<Held> found = tools.shelf().find(id, version);
        if (found.isEmpty()) {
            throw SmoException.notFound("There is no plugin %s".formatted((id + " " + version.orElse("")).strip()));
        }
        return found;
    }

    private List<OfferedService> offered(List<Held> of) {
        return of.stream()
                .flatMap(held -> tools.guests().services(held.bundles()).stream())
                .toList();
    }

    private List<OfferedService> offeredByOthers(List<Held> leaving) {
        List<Held> others = new ArrayList<>(tools.shelf().all());
        others.removeAll(leaving);
        return offered(others);
    }
}
