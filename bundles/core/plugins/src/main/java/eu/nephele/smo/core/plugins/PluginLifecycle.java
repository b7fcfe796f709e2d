// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.contract.plugin.PluginService.PluginUse;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
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

/** Entry of requests: refuses invalid ones at once, and hands the rest to the one thread that changes plugins. */
final class PluginLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PluginLifecycle.class);
    private static final Set<PluginState> PAST = EnumSet.of(PluginState.REFUSED, PluginState.FAILED);
    private static final Duration ADMISSION = Duration.ofSeconds(5);
    private static final Duration CHANGE = Duration.ofSeconds(60);

    private final PluginContext pluginContext;
    private final PluginWorker worker;
    private final Supplier<FileReader> reader;
    private final PluginOperationLog operations;
    private final InstallRouter installRouter;
    private final PluginRemover removing;
    private final PluginUsage pluginUsage;

    PluginLifecycle(
            PluginContext pluginContext,
            PluginWorker worker,
            Supplier<FileReader> reader,
            PluginOperationLog operations,
            InstallRouter installRouter,
            PluginRemover removing,
            PluginUsage pluginUsage) {
        this.pluginContext = pluginContext;
        this.worker = worker;
        this.reader = reader;
        this.operations = operations;
        this.installRouter = installRouter;
        this.removing = removing;
        this.pluginUsage = pluginUsage;
    }

    public List<Plugin> plugins() {
        return new RevokedPlugins(pluginContext)
                .shown(pluginContext.pluginInventory().plugins());
    }

    public List<Plugin> versions(String id) {
        return plugins().stream()
                .filter(plugin -> plugin.id().equals(id))
                .sorted(Comparator.comparing((Plugin plugin) -> PluginInventory.version(plugin.version()))
                        .reversed())
                .toList();
    }

    public Operation install(Path file, String name, InstallSource installSource, RequestOrigin origin) {
        return takeIn(
                file,
                name,
                origin,
                read -> begin(
                        Kind.INSTALL_PLUGIN,
                        read,
                        origin,
                        pluginOperation -> installRouter.install(pluginOperation, read, installSource)));
    }

    public Operation upgrade(String id, Path file, String name, boolean force, RequestOrigin origin) {
        return takeIn(file, name, origin, read -> {
            if (pluginContext.pluginInventory().stored(id, Optional.empty()).isEmpty()) {
                throw SmoException.notFound("Plugin %s is not installed for an upgrade; install it".formatted(id));
            }
            if (!read.id().equals(id)) {
                throw SmoException.conflict(
                        "The file is %s, not a version of %s; nothing is changed".formatted(read.who(), id));
            }
            return begin(
                    Kind.UPGRADE_PLUGIN,
                    read,
                    origin,
                    pluginOperation -> installRouter.upgrade(pluginOperation, read, force));
        });
    }

    public Operation rollback(String id, boolean force, RequestOrigin origin) {
        if (pluginContext.pluginInventory().stored(id, Optional.empty()).isEmpty()) {
            throw SmoException.notFound("Plugin %s is not installed for a rollback".formatted(id));
        }
        try {
            Path last = pluginContext.folder().replaced().list(id).stream()
                    .findFirst()
                    .orElseThrow(() -> SmoException.notFound(
                            "No replaced version of %s is kept; upgrade with the file of that version".formatted(id)));
            String name = String.valueOf(last.getFileName());
            Path copy = Files.createTempFile(
                    pluginContext.folder().scratch(), "rollback", name.substring(name.length() - 4));
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
            List<InstalledPlugin> past = pluginContext.pluginInventory().find(id, version).stream()
                    .filter(installedPlugin -> !installedPlugin.stored()
                            || PAST.contains(installedPlugin.plugin().state()))
                    .toList();
            if (past.isEmpty()) {
                throw SmoException.notFound(
                        "%s has no refused or failed version; use remove for an installed one".formatted(id));
            }
            return removing.leave(past);
        });
    }

    @FunctionalInterface
    private interface Taking {
        Operation take(PluginFile read);
    }

    @FunctionalInterface
    private interface PluginWork {
        void run(PluginOperation pluginOperation);
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
        } catch (AdmissionException refused) {
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

    /** Begins the operation; an installed plugin needs none, and other content of its version is a conflict. */
    private Operation begin(Kind kind, PluginFile read, RequestOrigin origin, PluginWork work) {
        Optional<InstalledPlugin> same =
                pluginContext
                        .pluginInventory()
                        .stored(read.id(), Optional.of(read.version().toString()))
                        .stream()
                        .filter(installedPlugin ->
                                !PAST.contains(installedPlugin.plugin().state()))
                        .findFirst();
        if (same.isPresent()) {
            if (!same.get().holds(read)) {
                throw SmoException.conflict(
                        PluginInstaller.conflict(read, same.get().plugin()));
            }
            discard(read.path());
            return operations
                    .nothingToDo(kind, read.id(), read.who(), origin, read.who() + " is installed already")
                    .awaitAdmission(ADMISSION);
        }
        PluginOperation pluginOperation = operations.begin(kind, read.id(), read.who(), origin);
        worker.run("%s of %s".formatted(kind, read.who()), () -> {
            try {
                pluginOperation.carryOut(() -> work.run(pluginOperation));
            } finally {
                discard(read.path());
            }
        });
        return pluginOperation.awaitAdmission(ADMISSION);
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.warn("deleting temporary file failed file={} reason=\"{}\"", file, stays.getMessage());
        }
    }

    public Operation remove(String id, Optional<String> version, boolean force, RequestOrigin origin) {
        Optional<Operation> before = operations.repeated(origin);
        if (before.isPresent()) {
            return before.get();
        }
        List<InstalledPlugin> leaving = present(id, version);
        if (!force) {
            PluginUsage.refuse(id, pluginUsage.broken(offered(leaving), offeredByOthers(leaving)));
        }
        PluginOperation pluginOperation =
                operations.begin(Kind.REMOVE_PLUGIN, id, (id + " " + version.orElse("")).strip(), origin);
        worker.run(
                "Removal of " + id,
                () -> pluginOperation.carryOut(() -> removing.remove(
                        pluginOperation, pluginContext.pluginInventory().find(id, version))));
        return pluginOperation.toOperation();
    }

    public Plugin stop(String id, Optional<String> version, boolean force, RequestOrigin origin) {
        List<InstalledPlugin> stopping = present(id, version);
        if (!force) {
            PluginUsage.refuse(id, pluginUsage.broken(offered(stopping), offeredByOthers(stopping)));
        }
        return worker.call("The stop of " + id, CHANGE, () -> {
            List<InstalledPlugin> running = pluginContext.pluginInventory().stored(id, version).stream()
                    .filter(installedPlugin -> installedPlugin.plugin().state() == PluginState.ACTIVE)
                    .toList();
            if (running.isEmpty()) {
                throw SmoException.conflict("Plugin %s is not running".formatted(id));
            }
            return running.stream()
                    .map(installedPlugin -> removing.stop(installedPlugin, "stopped by " + origin.principal()))
                    .reduce((first, second) -> second)
                    .orElseThrow();
        });
    }

    public Plugin start(String id, Optional<String> version, RequestOrigin origin) {
        present(id, version);
        return worker.call("The start of " + id, CHANGE, () -> {
            InstalledPlugin installedPlugin = pluginContext.pluginInventory().stored(id, version).stream()
                    .filter(it -> it.plugin().state() != PluginState.ACTIVE)
                    .max(Comparator.comparing(
                            it -> PluginInventory.version(it.plugin().version())))
                    .orElseThrow(
                            () -> SmoException.conflict("Plugin %s has no stopped version to start".formatted(id)));
            return installRouter.reinstall(installedPlugin);
        });
    }

    public List<PluginUse> uses(String id) {
        return pluginUsage.find(offered(present(id, Optional.empty())));
    }

    private List<InstalledPlugin> present(String id, Optional<String> version) {
        List<InstalledPlugin> found = pluginContext.pluginInventory().find(id, version);
        if (found.isEmpty()) {
            throw SmoException.notFound("Plugin %s does not exist".formatted((id + " " + version.orElse("")).strip()));
        }
        return found;
    }

    private List<OfferedService> offered(List<InstalledPlugin> of) {
        return of.stream()
                .flatMap(installedPlugin -> pluginContext.pluginBundles().services(installedPlugin.bundles()).stream())
                .toList();
    }

    private List<OfferedService> offeredByOthers(List<InstalledPlugin> leaving) {
        List<InstalledPlugin> others =
                new ArrayList<>(pluginContext.pluginInventory().all());
        others.removeAll(leaving);
        return offered(others);
    }
}
