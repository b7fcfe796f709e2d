// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.SmoException.Kind;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.Door;
import eu.nephele.smo.core.contract.plugin.Plugin.Finding;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.Refusal;
import eu.nephele.smo.core.plugins.life.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plugin comes in, beside what is there already. */
final class Installing {

    private static final Logger LOG = LoggerFactory.getLogger(Installing.class);
    private static final Set<State> OUT = EnumSet.of(State.REFUSED, State.FAILED);

    private final Tools tools;
    private final Raising raising;

    Installing(Tools tools, Raising raising) {
        this.tools = tools;
        this.raising = raising;
    }

    /** Does all of it; the ticket says how it ended. */
    void install(Ticket ticket, PluginFile read, Door door) {
        Optional<PluginFile> placed = Optional.empty();
        try {
            checkFree(read);
            placed = Optional.of(place(read, door));
            Held held = raising.raise(
                    placed.get(), door, State.CHECKING, tools.clock().instant(), ticket);
            use(held, ticket);
        } catch (Refusal | StartFailure | IOException failed) {
            fail(ticket, placed.orElse(read), door, door == Door.FOLDER || placed.isPresent(), failed);
        } catch (RuntimeException | Error unexpected) {
            PluginFile file = placed.orElse(read);
            tools.shelf().of(String.valueOf(file.path().getFileName())).ifPresent(held -> tools.guests()
                    .giveUp(held.bundles(), held.packages()));
            StartFailure failure =
                    new StartFailure(Faults.unexpected(unexpected).message());
            fail(ticket, file, door, door == Door.FOLDER || placed.isPresent(), failure);
            throw unexpected;
        }
    }

    /** Another plugin of the same version must not be there. */
    void checkFree(PluginFile read) throws Refusal {
        for (Held other :
                tools.shelf().stored(read.id(), Optional.of(read.version().toString()))) {
            boolean itself = tools.folder().file(other.file()).equals(read.path());
            if (!itself && !OUT.contains(other.plugin().state())) {
                throw new Refusal("bundle", conflict(read, other.plugin()));
            }
        }
    }

    static String conflict(PluginFile read, Plugin other) {
        return other.artifact().sha256().equals(read.sha256())
                ? "%s is installed already, from %s"
                        .formatted(read.who(), other.artifact().file())
                : "%s is installed already with other content, from %s; give the new one another Bundle-Version"
                        .formatted(read.who(), other.artifact().file());
    }

    /** Puts a file into the folder under a name of ours, unless it lies there already. */
    PluginFile place(PluginFile read, Door door) throws Refusal, IOException {
        if (door == Door.FOLDER) {
            return read;
        }
        raising.look(read);
        String name = freeName(read);
        tools.folder().take(read.path(), name);
        tools.watch().seen(name);
        return read.movedTo(tools.folder().file(name));
    }

    /** A name for the file of a plugin: id and version, unless something else lies there. */
    String freeName(PluginFile read) {
        String ending = read.name().toLowerCase(Locale.ROOT).endsWith(".zip") ? ".zip" : ".jar";
        String stem = read.id() + "-" + read.version();
        boolean taken = Files.exists(tools.folder().file(stem + ending))
                && tools.shelf()
                        .of(stem + ending)
                        .filter(held ->
                                held.is(read.id(), Optional.of(read.version().toString())))
                        .isEmpty();
        return taken ? stem + "-" + read.sha256().substring(0, 12) + ending : stem + ending;
    }

    /** Lets its services be used. */
    void use(Held held, Ticket ticket) throws Refusal, StartFailure, IOException {
        ticket.run(Action.SWITCH, () -> {
            tools.gate().open(held.bundles());
            return "";
        });
        Held active = tools.shelf().state(held, State.ACTIVE, "");
        tools.keep(active.file());
        tools.shelf().forgetShown(active.plugin().id());
        ticket.succeed(offers(active));
        LOG.info(
                "Plugin {} {} is in use: {}",
                active.plugin().id(),
                active.plugin().version(),
                offers(active));
        tools.chronicle()
                .tell(
                        "plugin.installed",
                        active.plugin(),
                        ticket.id(),
                        ticket.operation().origin().correlationId());
    }

    String offers(Held held) {
        return tools.guests().services(held.bundles()).stream()
                .map(service -> (service.kind() + " " + service.name()).strip())
                .collect(Collectors.joining(", ", "offers ", ""));
    }

    /** Notes why it did not come in, and leaves nothing behind that nobody asked for. */
    void fail(Ticket ticket, PluginFile read, Door door, boolean inFolder, Exception failed) {
        String why = String.valueOf(failed.getMessage());
        if (failed instanceof IOException) {
            if (inFolder && door != Door.FOLDER) {
                tools.discard(String.valueOf(read.path().getFileName()));
                tools.shelf().of(String.valueOf(read.path().getFileName())).ifPresent(held -> tools.shelf()
                        .remove(List.of(held)));
            }
            LOG.error("Plugin {} could not be stored: {}", read.who(), why, failed);
            ticket.fail(new Fault(Kind.UNAVAILABLE, "disk", "%s could not be stored: %s".formatted(read.who(), why)));
            return;
        }
        boolean refused = failed instanceof Refusal;
        boolean stays = inFolder && (door == Door.FOLDER || !refused);
        if (inFolder && !stays) {
            tools.discard(String.valueOf(read.path().getFileName()));
        }
        LOG.warn("Plugin {} from {} is {}: {}", read.who(), read.name(), refused ? "refused" : "not used", why);
        Plugin plugin = outcome(read, stays, door, refused ? State.REFUSED : State.FAILED, failed);
        tools.shelf()
                .of(String.valueOf(read.path().getFileName()))
                .filter(held -> !stays && held.holds(read))
                .ifPresent(held -> tools.shelf().remove(List.of(held)));
        tools.shelf().put(new Held(plugin, stays, List.of(), Optional.of(read)));
        ticket.fail(
                failed instanceof SmoException known ? Fault.of(known) : new Fault(Kind.UNPROCESSABLE, read.id(), why));
        tools.chronicle()
                .tell(
                        "plugin.refused",
                        plugin,
                        ticket.id(),
                        ticket.operation().origin().correlationId());
    }

    private Plugin outcome(PluginFile read, boolean stays, Door door, State state, Exception failed) {
        Optional<Plugin> before = tools.shelf()
                .of(String.valueOf(read.path().getFileName()))
                .filter(held -> held.holds(read))
                .map(Held::plugin);
        List<Finding> findings = failed instanceof Refusal refusal
                ? refusal.findings()
                : before.map(Plugin::admission).orElse(List.of());
        Instant since = before.map(plugin -> plugin.times().installedAt())
                .orElse(tools.clock().instant());
        Plugin plugin = raising.record(
                read,
                state,
                door,
                findings,
                failed instanceof StartFailure failure ? failure.report() : Optional.empty(),
                List.of(),
                since);
        return new Plugin(
                plugin.id(),
                plugin.version(),
                new Plugin.Artifact(
                        stays ? plugin.artifact().file() : read.name(),
                        plugin.artifact().sha256(),
                        plugin.artifact().signer()),
                plugin.state(),
                String.valueOf(failed.getMessage()),
                false,
                plugin.door(),
                plugin.admission(),
                plugin.conformance(),
                List.of(),
                before.map(Plugin::imports).orElse(List.of()),
                plugin.times());
    }
}
