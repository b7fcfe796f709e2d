// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.Finding;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.plugins.admission.Refusal;
import eu.nephele.smo.core.plugins.files.StoredList;
import eu.nephele.smo.core.plugins.life.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plugin goes, or stops. */
final class Removing {

    /** Why a plugin is stopped that is about to go: a restart finishes it. */
    static final String LEAVING = StoredList.LEAVING;

    private static final Logger LOG = LoggerFactory.getLogger(Removing.class);

    private final Tools tools;
    private final Overrides overrides;

    Removing(Tools tools, Overrides overrides) {
        this.tools = tools;
        this.overrides = overrides;
    }

    /** Takes plugins out with their files; the ticket says how it ended. */
    void remove(Ticket ticket, List<Held> leaving) {
        try {
            boolean ours = leaving.stream().anyMatch(held -> held.plugin().replaces());
            if (ours) {
                tools.state().handedOver(ticket.operation().id());
            }
            ticket.run(Action.REMOVE, () -> leave(leaving));
            ticket.succeed("");
            if (ours && !overrides.havePassed()) {
                tools.state().handedOver("");
            }
            for (Held held : leaving) {
                LOG.info(
                        "Plugin {} {} is removed",
                        held.plugin().id(),
                        held.plugin().version());
                tools.chronicle()
                        .tell(
                                "plugin.removed",
                                held.plugin(),
                                ticket.id(),
                                ticket.operation().origin().correlationId());
            }
        } catch (Refusal | StartFailure | IOException failed) {
            ticket.fail(Faults.of(failed));
        }
    }

    /** Takes plugins out with their files; what they leave behind is told. */
    String leave(List<Held> leaving) throws IOException {
        return leave(leaving, false);
    }

    /** The same for versions that others replace: the content of those that were used is kept for the way back. */
    String makeWay(List<Held> leaving) throws IOException {
        return leave(leaving, true);
    }

    private String leave(List<Held> leaving, boolean wayBack) throws IOException {
        StringBuilder told = new StringBuilder();
        for (Held held : leaving) {
            if (held.plugin().replaces()) {
                // first: where the bundle that comes back is this room, nothing can be done afterwards
                tools.discard(held.file());
                tools.shelf().remove(List.of(held));
                overrides.restore(held.plugin());
                continue;
            }
            List<OfferedService> offers = tools.guests().services(held.bundles());
            Held going = held.stored() ? tools.shelf().state(held, State.STOPPED, LEAVING) : held;
            takeOut(going).ifPresent(finding -> told.append(finding.detail()));
            if (going.stored()) {
                if (wayBack && held.plugin().state() == State.ACTIVE) {
                    keepForTheWayBack(going, offers);
                }
                tools.folder().remove(going.file());
                tools.watch().seen(going.file());
            }
            tools.shelf().remove(List.of(going));
        }
        return told.toString();
    }

    /**
     * Keeps the content of what is replaced.
     *
     * @param offers what it offered
     */
    void keepForTheWayBack(Held going, List<OfferedService> offers) {
        Plugin plugin = going.plugin();
        try {
            Optional<Path> content = tools.folder().content(going.file());
            if (content.isPresent()) {
                tools.folder().replaced().keep(content.get(), plugin.id(), plugin.version(), offers);
            }
        } catch (IOException full) {
            LOG.warn(
                    "Plugin {} {} cannot be rolled back to, its content is not kept: {}",
                    plugin.id(),
                    plugin.version(),
                    full.getMessage());
        }
    }

    /** Takes the bundles of a plugin out and leaves its file. */
    Optional<Finding> takeOut(Held held) {
        return takeOut(held, Set.of());
    }

    /** @param staying PIDs of configurations that a successor of the same version has as well */
    Optional<Finding> takeOut(Held held, Set<String> staying) {
        Optional<Finding> leaks = tools.guests().takeOut(held.bundles(), held.packages());
        held.read().ifPresent(read -> tools.guests().forget(read, staying));
        leaks.ifPresent(finding ->
                LOG.warn("Plugin {} {} {}", held.plugin().id(), held.plugin().version(), finding.detail()));
        return leaks;
    }

    /** Stops a plugin and keeps it. */
    Plugin stop(Held held, String why) {
        Optional<Finding> leaks = held.plugin().replaces()
                ? overrides.withdraw(held.plugin())
                : tools.guests().takeOut(held.bundles(), held.packages());
        Held stopped = tools.shelf().state(held.with(List.of()), State.STOPPED, why);
        LOG.info(
                "Plugin {} {} is stopped: {}", held.plugin().id(), held.plugin().version(), why);
        return leaks.map(finding -> tools.shelf().finding(stopped, finding))
                .orElse(stopped)
                .plugin();
    }
}
