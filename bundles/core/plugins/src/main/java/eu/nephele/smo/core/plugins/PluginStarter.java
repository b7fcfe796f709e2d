// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.contract.plugin.ReservedNames;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.FileRules;
import eu.nephele.smo.core.plugins.admission.ImportRule;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.ScopeRule;
import eu.nephele.smo.core.plugins.files.PluginFolder;
import eu.nephele.smo.core.plugins.files.StateFile;
import eu.nephele.smo.core.plugins.life.ConformanceExamination;
import eu.nephele.smo.core.plugins.life.PluginBundles;
import eu.nephele.smo.core.plugins.life.PluginStartException;
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

/** Admits, starts and examines a plugin, so that it is ready for use. A plugin that fails is uninstalled again. */
final class PluginStarter {

    private final PluginFolder folder;
    private final PluginBundles pluginBundles;
    private final ConformanceExamination examination;
    private final StateFile file;
    private final PluginInventory pluginInventory;
    private final Supplier<PluginSettings> settings;
    private final Clock clock;

    PluginStarter(
            PluginFolder folder,
            PluginBundles pluginBundles,
            ConformanceExamination examination,
            StateFile file,
            PluginInventory pluginInventory,
            Supplier<PluginSettings> settings,
            Clock clock) {
        this.folder = folder;
        this.pluginBundles = pluginBundles;
        this.examination = examination;
        this.file = file;
        this.pluginInventory = pluginInventory;
        this.settings = settings;
        this.clock = clock;
    }

    List<AdmissionFinding> check(PluginFile read) throws AdmissionException {
        return FileRules.check(read, settings.get().signature());
    }

    /**
     * Brings a plugin up whose file lies in the folder.
     *
     * @param since when it came in first
     */
    InstalledPlugin raise(
            PluginFile read,
            InstallSource installSource,
            PluginState trial,
            Instant since,
            PluginOperation pluginOperation)
            throws AdmissionException, PluginStartException, IOException {
        List<Bundle> bundles = new ArrayList<>();
        List<AdmissionFinding> findings = new ArrayList<>();
        try {
            pluginOperation.run(Action.ADMIT, () -> {
                findings.addAll(check(read));
                snapshot(read).ifPresent(findings::add);
                bundles.addAll(pluginBundles.install(read, folder.stage(read)));
                findings.addAll(pluginBundles.admit(bundles));
                return warnings(findings);
            });
            InstalledPlugin installedPlugin = pluginInventory.put(new InstalledPlugin(
                    record(read, trial, installSource, findings, Optional.empty(), bundles, since),
                    true,
                    bundles,
                    Optional.of(read)));
            return prove(installedPlugin, read, pluginOperation);
        } catch (AdmissionException | PluginStartException | IOException | RuntimeException | Error failed) {
            pluginBundles.giveUp(bundles, read.packages());
            pluginBundles.forget(read, Set.of());
            unstage(read);
            throw failed;
        }
    }

    /** In OSGi a version with a qualifier, as a snapshot has, is above the one without; in Maven it is the other way round. */
    private Optional<AdmissionFinding> snapshot(PluginFile read) {
        Version mine = read.version();
        return pluginInventory.stored(read.id(), Optional.empty()).stream()
                .map(installedPlugin ->
                        PluginInventory.version(installedPlugin.plugin().version()))
                .filter(other -> mine.getQualifier().isEmpty()
                        && !other.getQualifier().isEmpty()
                        && other.getMajor() == mine.getMajor()
                        && other.getMinor() == mine.getMinor()
                        && other.getMicro() == mine.getMicro())
                .findFirst()
                .map(other -> new AdmissionFinding(
                        "version",
                        FindingVerdict.WARNED,
                        "%s sorts below %s, which is installed and keeps deciding: upgrade, or release as %d.%d.%d"
                                .formatted(mine, other, mine.getMajor(), mine.getMinor(), mine.getMicro() + 1)));
    }

    private void unstage(PluginFile read) throws IOException {
        folder.unstage(String.valueOf(read.path().getFileName()));
    }

    InstalledPlugin prove(InstalledPlugin installedPlugin, PluginFile read, PluginOperation pluginOperation)
            throws AdmissionException, PluginStartException, IOException {
        pluginOperation.run(Action.START, () -> {
            pluginBundles.start(read, installedPlugin.bundles());
            checkNames(installedPlugin.bundles());
            ScopeRule.checkStarted(read, settings.get().signature(), pluginBundles.services(installedPlugin.bundles()));
            return "";
        });
        InstalledPlugin[] examined = {installedPlugin};
        pluginOperation.run(Action.EXAMINE, () -> {
            Optional<JsonObject> report = examine(read, installedPlugin.bundles());
            InstalledPlugin now = installedPlugin.with(record(
                    read,
                    installedPlugin.plugin().state(),
                    installedPlugin.plugin().installSource(),
                    installedPlugin.plugin().admission(),
                    report,
                    installedPlugin.bundles(),
                    installedPlugin.plugin().times().installedAt()));
            examined[0] = pluginInventory.put(now);
            return report.filter(it -> !ConformanceExamination.passed(it))
                    .map(it -> "it fails the conformance kit; its report says how")
                    .orElse("");
        });
        return examined[0];
    }

    /** Checks names: {@code optimal} always means the product's strategy. */
    private void checkNames(List<Bundle> bundles) throws AdmissionException {
        Optional<OfferedService> reserved = pluginBundles.services(bundles).stream()
                .filter(service -> ReservedNames.include(service.kind(), service.name()))
                .findFirst();
        if (reserved.isPresent()) {
            throw new AdmissionException(
                    "names",
                    "offers the %1$s %2$s, a name that belongs to this server; put your name before it: acme.%2$s"
                            .formatted(reserved.get().kind(), reserved.get().name()));
        }
    }

    private Optional<JsonObject> examine(PluginFile read, List<Bundle> bundles)
            throws PluginStartException, IOException {
        String key = read.sha256() + "/" + ConformanceExamination.kit();
        PluginSettings now = settings.get();
        // a plugin that failed is examined again: the machine may have been too busy
        Optional<JsonObject> known = file.now()
                .verdict(key)
                .filter(report ->
                        ConformanceExamination.passed(report) || now.conformance() != PluginSettings.Policy.REQUIRE);
        Optional<JsonObject> report = examination.examine(bundles, now, known);
        if (report.isPresent() && known.isEmpty()) {
            file.verdict(key, report.get());
        }
        return report;
    }

    Plugin record(
            PluginFile read,
            PluginState state,
            InstallSource installSource,
            List<AdmissionFinding> findings,
            Optional<JsonObject> report,
            List<Bundle> bundles,
            Instant since) {
        return new Plugin(
                read.id(),
                read.version().toString(),
                new Plugin.PluginArtifact(
                        String.valueOf(read.path().getFileName()),
                        read.sha256(),
                        read.signature().signer()),
                state,
                "",
                false,
                installSource,
                findings,
                report,
                List.of(),
                bundles.stream()
                        .flatMap(bundle -> ImportRule.imports(bundle).stream())
                        .distinct()
                        .sorted()
                        .toList(),
                new Plugin.PluginTimes(since, clock.instant()));
    }

    private static String warnings(List<AdmissionFinding> findings) {
        return String.join(
                "; ",
                findings.stream()
                        .filter(finding -> finding.verdict() == FindingVerdict.WARNED)
                        .map(finding -> finding.rule() + ": " + finding.detail())
                        .toList());
    }
}
