// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.Door;
import eu.nephele.smo.core.contract.plugin.Plugin.Finding;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.contract.plugin.Plugin.Verdict;
import eu.nephele.smo.core.contract.plugin.ReservedNames;
import eu.nephele.smo.core.plugins.admission.FileRules;
import eu.nephele.smo.core.plugins.admission.ImportRule;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.Refusal;
import eu.nephele.smo.core.plugins.files.PluginFolder;
import eu.nephele.smo.core.plugins.files.StateFile;
import eu.nephele.smo.core.plugins.life.Examination;
import eu.nephele.smo.core.plugins.life.Guests;
import eu.nephele.smo.core.plugins.life.StartFailure;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** Brings a plugin up to the point where it could be used: admitted, started, examined. What fails on the way is gone again. */
final class Raising {

    private final PluginFolder folder;
    private final Guests guests;
    private final Examination examination;
    private final StateFile file;
    private final Shelf shelf;
    private final Supplier<PluginSettings> settings;
    private final Clock clock;

    Raising(
            PluginFolder folder,
            Guests guests,
            Examination examination,
            StateFile file,
            Shelf shelf,
            Supplier<PluginSettings> settings,
            Clock clock) {
        this.folder = folder;
        this.guests = guests;
        this.examination = examination;
        this.file = file;
        this.shelf = shelf;
        this.settings = settings;
        this.clock = clock;
    }

    /** What a file has to be allowed to do before it is put into the folder. */
    List<Finding> look(PluginFile read) throws Refusal {
        return FileRules.check(read, settings.get().signature());
    }

    /**
     * Brings a plugin up whose file lies in the folder.
     *
     * @param trial its state on the way
     * @param since when it came in first
     */
    Held raise(PluginFile read, Door door, State trial, Instant since, Ticket ticket)
            throws Refusal, StartFailure, IOException {
        List<Bundle> bundles = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        try {
            ticket.run(Action.ADMIT, () -> {
                findings.addAll(look(read));
                snapshot(read).ifPresent(findings::add);
                bundles.addAll(guests.install(read, folder.stage(read)));
                findings.addAll(guests.admit(bundles));
                return warnings(findings);
            });
            Held held = shelf.put(new Held(
                    record(read, trial, door, findings, Optional.empty(), bundles, since),
                    true,
                    bundles,
                    Optional.of(read)));
            return prove(held, read, ticket);
        } catch (Refusal | StartFailure | IOException | RuntimeException | Error failed) {
            guests.giveUp(bundles, read.packages());
            guests.forget(read, Set.of());
            unstage(read);
            throw failed;
        }
    }

    /** In OSGi a version with a qualifier, as a snapshot has, is above the one without; in Maven it is the other way round. */
    private Optional<Finding> snapshot(PluginFile read) {
        Version mine = read.version();
        return shelf.stored(read.id(), Optional.empty()).stream()
                .map(held -> Shelf.version(held.plugin().version()))
                .filter(other -> mine.getQualifier().isEmpty()
                        && !other.getQualifier().isEmpty()
                        && other.getMajor() == mine.getMajor()
                        && other.getMinor() == mine.getMinor()
                        && other.getMicro() == mine.getMicro())
                .findFirst()
                .map(other -> new Finding(
                        "version",
                        Verdict.WARNED,
                        "%s sorts below %s, which is installed and goes on deciding: upgrade takes it out, or release as %d.%d.%d"
                                .formatted(mine, other, mine.getMajor(), mine.getMinor(), mine.getMicro() + 1)));
    }

    private void unstage(PluginFile read) throws IOException {
        folder.unstage(String.valueOf(read.path().getFileName()));
    }

    /** Starts and examines one that is admitted. */
    Held prove(Held held, PluginFile read, Ticket ticket) throws Refusal, StartFailure, IOException {
        ticket.run(Action.START, () -> {
            guests.start(read, held.bundles());
            checkNames(held.bundles());
            return "";
        });
        Held[] examined = {held};
        ticket.run(Action.EXAMINE, () -> {
            Optional<JsonObject> report = examine(read, held.bundles());
            Held now = held.with(record(
                    read,
                    held.plugin().state(),
                    held.plugin().door(),
                    held.plugin().admission(),
                    report,
                    held.bundles(),
                    held.plugin().times().installedAt()));
            examined[0] = shelf.put(now);
            return report.filter(it -> !Examination.passed(it))
                    .map(it -> "it fails the conformance kit; its report says how")
                    .orElse("");
        });
        return examined[0];
    }

    /** Whoever asks for {@code optimal} means the product's. */
    private void checkNames(List<Bundle> bundles) throws Refusal {
        Optional<OfferedService> reserved = guests.services(bundles).stream()
                .filter(service -> ReservedNames.include(service.kind(), service.name()))
                .findFirst();
        if (reserved.isPresent()) {
            throw new Refusal(
                    "names",
                    "offers the %1$s %2$s, a name that belongs to this server; put a name of yours before it: acme.%2$s"
                            .formatted(reserved.get().kind(), reserved.get().name()));
        }
    }

    private Optional<JsonObject> examine(PluginFile read, List<Bundle> bundles) throws StartFailure, IOException {
        String key = read.sha256() + "/" + Examination.kit();
        PluginSettings now = settings.get();
        // who failed is asked again: it may have been the machine that was too busy
        Optional<JsonObject> known = file.now()
                .verdict(key)
                .filter(report -> Examination.passed(report) || now.conformance() != PluginSettings.Policy.REQUIRE);
        Optional<JsonObject> report = examination.examine(bundles, now, known);
        if (report.isPresent() && known.isEmpty()) {
            file.verdict(key, report.get());
        }
        return report;
    }

    /** The record of a plugin. */
    Plugin record(
            PluginFile read,
            State state,
            Door door,
            List<Finding> findings,
            Optional<JsonObject> report,
            List<Bundle> bundles,
            Instant since) {
        return new Plugin(
                read.id(),
                read.version().toString(),
                new Plugin.Artifact(
                        String.valueOf(read.path().getFileName()),
                        read.sha256(),
                        read.signature().signer()),
                state,
                "",
                false,
                door,
                findings,
                report,
                List.of(),
                bundles.stream()
                        .flatMap(bundle -> ImportRule.imports(bundle).stream())
                        .distinct()
                        .sorted()
                        .toList(),
                new Plugin.Times(since, clock.instant()));
    }

    private static String warnings(List<Finding> findings) {
        return String.join(
                "; ",
                findings.stream()
                        .filter(finding -> finding.verdict() == Verdict.WARNED)
                        .map(finding -> finding.rule() + ": " + finding.detail())
                        .toList());
    }
}
