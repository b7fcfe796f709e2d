// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin.Door;
import eu.nephele.smo.core.contract.plugin.Plugin.Finding;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.Refusal;
import eu.nephele.smo.core.plugins.life.BundleCopy;
import eu.nephele.smo.core.plugins.life.Product;
import eu.nephele.smo.core.plugins.life.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators do to bundles in the web console or in Gogo: the framework tells, we follow. */
final class ConsoleDoor implements SynchronousBundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleDoor.class);
    private static final Duration ADMISSION = Duration.ofSeconds(5);
    private static final String NOT_STARTED = "installed in the console and not started there";

    private final Product product;
    private final Worker worker;
    private final Tools tools;
    private final Supplier<FileReader> reader;
    private final Raising raising;
    private final Installing installing;
    private final Removing removing;

    ConsoleDoor(
            Product product,
            Worker worker,
            Tools tools,
            Supplier<FileReader> reader,
            Raising raising,
            Installing installing,
            Removing removing) {
        this.product = product;
        this.worker = worker;
        this.tools = tools;
        this.reader = reader;
        this.raising = raising;
        this.installing = installing;
        this.removing = removing;
    }

    /** Looks at bundles that came while nobody was listening. */
    void catchUp() {
        for (Bundle bundle : product.foreign()) {
            if (!bundle.getLocation().startsWith(Product.PLUGIN_LOCATION)
                    && tools.shelf().of(bundle).isEmpty()) {
                admit(bundle);
            }
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (product.includes(bundle) || worker.isThisThread() || product.ends()) {
            return;
        }
        switch (event.getType()) {
            case BundleEvent.INSTALLED -> installed(bundle);
            case BundleEvent.UPDATED -> {
                // nothing of the new content may be resolved before it is admitted
                tools.gate().bar(List.of(bundle));
                answered("Update of ", bundle, () -> updated(bundle));
            }
            case BundleEvent.STARTED -> worker.run("Start of " + bundle.getLocation(), () -> started(bundle));
            case BundleEvent.STOPPED -> worker.run("Stop of " + bundle.getLocation(), () -> stopped(bundle));
            case BundleEvent.UNINSTALLED -> worker.run("Removal of " + bundle.getLocation(), () -> uninstalled(bundle));
            default -> LOG.trace("Nothing to do for event {} of {}", event.getType(), bundle);
        }
    }

    /** Answers before the one who installs goes on, so that a start right afterwards finds an admitted bundle. */
    private void installed(Bundle bundle) {
        if (bundle.getLocation().startsWith(Product.PLUGIN_LOCATION)) {
            return;
        }
        if (tools.turn().standsBy()) {
            tools.gate().bar(List.of(bundle));
            LOG.warn("Bundle {} is not admitted: this server stands by; install it at the owner", bundle.getLocation());
            return;
        }
        answered("Admission of ", bundle, () -> admit(bundle));
    }

    private void answered(String what, Bundle bundle, Runnable work) {
        try {
            worker.call(what + bundle.getLocation(), ADMISSION, () -> {
                work.run();
                return bundle;
            });
        } catch (SmoException | IllegalStateException failed) {
            LOG.warn("Bundle {} is not admitted: {}", bundle.getLocation(), failed.getMessage());
        }
    }

    private void admit(Bundle bundle) {
        Ticket ticket = Tickets.unseen(String.valueOf(bundle.getSymbolicName()), tools.clock());
        Path copy = tools.folder().scratch().resolve("console-" + bundle.getBundleId() + ".jar");
        try {
            try {
                BundleCopy.write(bundle, copy, tools.settings().get().limits().unpackedBytes());
                PluginFile read = reader.get().read(copy, copy.getFileName().toString());
                admit(ticket, bundle, read);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (Refusal | IOException failed) {
            LOG.warn("Bundle {} is not admitted: {}", bundle.getLocation(), failed.getMessage());
        }
    }

    private void admit(Ticket ticket, Bundle bundle, PluginFile read) throws IOException {
        try {
            if (product.named(read.id()).isPresent()) {
                throw new Refusal(
                        "replaces",
                        "%s is a bundle of the product; put the file into the folder of plugins to replace it"
                                .formatted(read.id()));
            }
            installing.checkFree(read);
            List<Finding> findings = new ArrayList<>(raising.look(read));
            findings.addAll(tools.guests().admit(List.of(bundle)));
            String name = installing.freeName(read);
            tools.folder().put(read.path(), tools.folder().file(name));
            tools.watch().seen(name);
            PluginFile placed = read.movedTo(tools.folder().file(name));
            tools.folder().stage(placed);
            tools.shelf()
                    .put(new Held(
                            raising.record(
                                    placed,
                                    State.STOPPED,
                                    Door.CONSOLE,
                                    findings,
                                    Optional.empty(),
                                    List.of(bundle),
                                    tools.clock().instant()),
                            true,
                            List.of(bundle),
                            Optional.of(placed)));
            tools.shelf().of(name).ifPresent(held -> tools.shelf().state(held, State.STOPPED, NOT_STARTED));
            tools.keep(name);
            LOG.info("Bundle {} is admitted as plugin {}", bundle.getLocation(), read.who());
        } catch (Refusal refused) {
            tools.gate().bar(List.of(bundle));
            installing.fail(ticket, read, Door.CONSOLE, false, refused);
        }
    }

    private void updated(Bundle bundle) {
        tools.shelf().of(bundle).ifPresent(held -> {
            tools.shelf().remove(List.of(held));
            tools.discard(held.file());
        });
        if (bundle.getState() != Bundle.UNINSTALLED) {
            admit(bundle);
        }
    }

    private void started(Bundle bundle) {
        Optional<Held> held = tools.shelf().of(bundle);
        if (held.isEmpty()
                || held.get().plugin().state() == State.ACTIVE
                || held.get().bundles().stream().anyMatch(each -> each.getState() != Bundle.ACTIVE)) {
            return;
        }
        Ticket ticket = Tickets.unseen(held.get().plugin().id(), tools.clock());
        PluginFile read = held.get().read().orElseThrow();
        try {
            Held proven = raising.prove(held.get(), read, ticket);
            installing.use(proven, ticket);
        } catch (Refusal | StartFailure | IOException failed) {
            LOG.warn("Plugin {} is not used: {}", read.who(), failed.getMessage());
            tools.guests().takeOut(held.get().bundles(), read.packages());
            tools.shelf().state(held.get().with(List.of()), State.FAILED, String.valueOf(failed.getMessage()));
        }
    }

    private void stopped(Bundle bundle) {
        tools.shelf()
                .of(bundle)
                .filter(held -> held.plugin().state() == State.ACTIVE && bundle.getState() == Bundle.RESOLVED)
                .ifPresent(held -> {
                    tools.gate().close(held.bundles());
                    tools.shelf().state(held, State.STOPPED, "stopped in the console");
                });
    }

    private void uninstalled(Bundle bundle) {
        tools.shelf().of(bundle).ifPresent(held -> {
            Ticket ticket = Tickets.unseen(held.plugin().id(), tools.clock());
            removing.remove(ticket, List.of(held));
        });
    }
}
