// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginArtifact;
import eu.nephele.smo.core.contract.plugin.PluginThreads;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.BundleRule;
import eu.nephele.smo.core.plugins.admission.ImportRule;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.PluginFile.BundleEntry;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles of plugins in the framework: installed, admitted, started, stopped, taken out. Used by one thread. */
public final class PluginBundles {

    private static final Logger LOG = LoggerFactory.getLogger(PluginBundles.class);
    private static final String MARK = "smo-plugin.sha256";
    private static final Duration START = Duration.ofSeconds(5);
    private static final Duration GIVING_UP = Duration.ofSeconds(1);
    private static final int LOOK_MILLIS = 10;
    private static final int SHOWN = 10;

    private final BundleContext context;
    private final PluginGate pluginGate;
    private final OptionalServices optionalServices;
    private final Supplier<PluginSettings> settings;

    public PluginBundles(
            BundleContext context,
            PluginGate pluginGate,
            OptionalServices optionalServices,
            Supplier<PluginSettings> settings) {
        this.context = context;
        this.pluginGate = pluginGate;
        this.optionalServices = optionalServices;
        this.settings = settings;
    }

    /** Returns the bundles of a file that were installed before this bundle was restarted. */
    public List<Bundle> present(PluginArtifact artifact) {
        String location = ProductInventory.PLUGIN_LOCATION + artifact.file();
        return Arrays.stream(context.getBundles())
                .filter(bundle -> isOf(bundle, location))
                .filter(bundle -> artifact.sha256().equals(mark(bundle)))
                .toList();
    }

    private static boolean isOf(Bundle bundle, String location) {
        String own = bundle.getLocation();
        return own.equals(location) || own.startsWith(location + "!/") || own.startsWith(location + "#");
    }

    /**
     * Installs all bundles of a file; none of them can be resolved yet.
     *
     * @param content an own copy of the file
     */
    public List<Bundle> install(PluginFile file, Path content) throws AdmissionException, IOException {
        List<Bundle> bundles = new ArrayList<>();
        try {
            for (BundleEntry bundleEntry : file.parts()) {
                Bundle bundle = install(file, bundleEntry, content);
                bundles.add(bundle);
                BundleRule.check(bundleEntry, bundle);
            }
            return bundles;
        } catch (AdmissionException refused) {
            takeOut(bundles, Set.of());
            throw refused;
        } catch (BundleException broken) {
            takeOut(bundles, Set.of());
            throw new AdmissionException(
                    "bundle",
                    broken.getType() == BundleException.DUPLICATE_BUNDLE_ERROR
                            ? "a bundle of this name and version is installed already: " + broken.getMessage()
                            : "the framework rejects it: " + TimeLimitedCall.root(broken));
        } catch (IOException | RuntimeException | Error broken) {
            takeOut(bundles, Set.of());
            throw broken;
        }
    }

    private Bundle install(PluginFile file, BundleEntry bundleEntry, Path content) throws BundleException, IOException {
        String location =
                freeLocation(ProductInventory.PLUGIN_LOCATION + file.path().getFileName(), bundleEntry.entry());
        Bundle bundle;
        if (bundleEntry.entry().isEmpty()) {
            try (InputStream in = Files.newInputStream(content)) {
                bundle = context.installBundle(location, in);
            }
        } else {
            try (ZipFile zip = new ZipFile(content.toFile());
                    InputStream in = zip.getInputStream(zip.getEntry(bundleEntry.entry()))) {
                bundle = context.installBundle(location + "!/" + bundleEntry.entry(), in);
            }
        }
        mark(bundle, file.sha256());
        return bundle;
    }

    /** Beside what it replaces, or what does not let itself be taken out, under the same name of the file. */
    private String freeLocation(String plain, String entry) {
        String location = plain;
        for (int number = 2;
                context.getBundle(entry.isEmpty() ? location : location + "!/" + entry) != null;
                number++) {
            location = plain + "#" + number;
        }
        return location;
    }

    public List<AdmissionFinding> admit(List<Bundle> bundles) throws AdmissionException {
        BundleRule.check(bundles);
        List<AdmissionFinding> findings =
                new ImportRule(context.getBundles(), pluginGate::admits).check(bundles, false);
        pluginGate.admit(bundles);
        return findings;
    }

    public void start(PluginFile file, List<Bundle> bundles) throws PluginStartException {
        try {
            configure(file);
        } catch (IOException broken) {
            throw new PluginStartException("its configurations cannot be stored: " + broken.getMessage());
        }
        start(bundles);
    }

    /** Without the configurations of their file: the present ones stay in force. */
    public void start(List<Bundle> bundles) throws PluginStartException {
        for (Bundle bundle : bundles) {
            TimeLimitedCall.call("the start of " + bundle.getSymbolicName(), bundle, START, () -> {
                new BundleStart(bundle).run();
                return bundle;
            });
        }
        awaitServices(bundles);
    }

    private void awaitServices(List<Bundle> bundles) throws PluginStartException {
        ComponentDiagnostics components = components(bundles);
        long end = System.nanoTime() + settings.get().start().toNanos();
        while (!OfferedServices.any(bundles) && components.failures().isEmpty() && System.nanoTime() < end) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException ended) {
                // the interruption is answered by going back, which has to write files
                throw new PluginStartException("the server is shutting down");
            }
        }
        Optional<String> failures = components.failures();
        if (failures.isPresent()) {
            throw new PluginStartException(failures.get());
        }
        boolean unconfigured = components.waitForConfigurationsOnly(OfferedServices::isExamined);
        if (!OfferedServices.any(bundles) && !components.silentOneIsActive() && !unconfigured) {
            throw new PluginStartException("it offers no service%s"
                    .formatted(components
                            .waits()
                            .map(waits -> ": " + waits)
                            .orElse("; it needs a component that is published as a strategy, objective, intent handler"
                                    + " or other service of eu.nephele.smo.api")));
        }
    }

    ComponentDiagnostics components(List<Bundle> bundles) {
        return new ComponentDiagnostics(optionalServices.find(ServiceComponentRuntime.class), bundles);
    }

    /**
     * Returns the missing dependencies of the components of bundles in words for people; "" if something is offered or nothing
     * is missing.
     */
    public String waits(Collection<Bundle> bundles) {
        return OfferedServices.any(bundles)
                ? ""
                : new ComponentDiagnostics(optionalServices.find(ServiceComponentRuntime.class), bundles)
                        .waits()
                        .orElse("");
    }

    public List<OfferedService> services(Collection<Bundle> bundles) {
        return OfferedServices.list(bundles);
    }

    /** Stops bundles and leaves them where they are. Calls in flight end first. */
    public Optional<AdmissionFinding> stop(List<Bundle> bundles, Set<String> packages) {
        for (Bundle bundle : bundles) {
            quietly("stop", bundle, bundle::stop);
        }
        pluginGate.bar(bundles);
        return leaks(bundles, packages);
    }

    /**
     * Stops bundles and takes them out. Calls in flight end first.
     *
     * @param packages of their classes, to find threads that they leave behind
     */
    public Optional<AdmissionFinding> takeOut(List<Bundle> bundles, Set<String> packages) {
        Optional<AdmissionFinding> leaks = stop(bundles, packages);
        for (Bundle bundle : bundles) {
            if (bundle.getState() == Bundle.STOPPING || !quietly("removal", bundle, bundle::uninstall)) {
                uninstallLater(bundle);
            } else {
                PluginThreads.forget(bundle.getBundleId());
            }
        }
        return leaks;
    }

    /** Uninstalls a bundle as soon as it stops, without waiting for it. */
    private static void uninstallLater(Bundle bundle) {
        LOG.warn(
                "stopping bundle timed out bundle={} version={}; it is uninstalled when it stops",
                bundle.getSymbolicName(),
                bundle.getVersion());
        inItsOwnTime(() -> {
            try {
                bundle.uninstall();
                PluginThreads.forget(bundle.getBundleId());
            } catch (BundleException | IllegalStateException stays) {
                LOG.warn(
                        "uninstalling bundle failed bundle={} version={} reason=\"{}\"; it stays until the restart",
                        bundle.getSymbolicName(),
                        bundle.getVersion(),
                        stays.getMessage());
            }
        });
    }

    private static Thread inItsOwnTime(Runnable removal) {
        Thread thread = new Thread(removal, "smo-plugin-removal");
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        return thread;
    }

    /**
     * Uninstalls bundles that did not start. A bundle that does not stop in time is uninstalled in the background: the
     * next plugin does not wait for it.
     */
    public void giveUp(List<Bundle> bundles, Set<String> packages) {
        pluginGate.bar(bundles);
        ThreadLeaks.interrupt(bundles);
        Thread removal = inItsOwnTime(() -> takeOut(bundles, packages)
                .ifPresent(finding -> LOG.warn(
                        "bundles stopped with a warning bundles=\"{}\" finding=\"{}\"",
                        names(bundles),
                        finding.detail())));
        try {
            removal.join(GIVING_UP.toMillis());
        } catch (InterruptedException ended) {
            // the caller still has files to write
            LOG.debug("removal not awaited bundles=\"{}\" reason=\"server is shutting down\"", names(bundles));
        }
        if (removal.isAlive()) {
            LOG.warn("stopping bundles timed out bundles=\"{}\"; uninstalled when they stop", names(bundles));
        }
    }

    private static String names(List<Bundle> bundles) {
        return bundles.stream()
                .map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion())
                .collect(Collectors.joining(", "));
    }

    /** Gives a plugin that runs on the configurations again that came with it. */
    public void configure(PluginFile file) throws IOException {
        Optional<ConfigurationAdmin> admin = optionalServices.find(ConfigurationAdmin.class);
        if (!file.configurations().isEmpty() && admin.isPresent()) {
            PluginConfigurations.apply(admin.get(), file);
        }
    }

    /**
     * Removes the configurations that came with a file.
     *
     * @param staying PIDs that its successor has as well
     */
    public void forget(PluginFile file, Set<String> staying) {
        optionalServices.find(ConfigurationAdmin.class).ifPresent(admin -> {
            try {
                PluginConfigurations.remove(admin, file, staying);
            } catch (IOException broken) {
                LOG.warn(
                        "deleting plugin configurations failed plugin={} version={} reason=\"{}\"",
                        file.id(),
                        file.version(),
                        broken.getMessage());
            }
        });
    }

    private static Optional<AdmissionFinding> leaks(List<Bundle> bundles, Set<String> packages) {
        List<String> threads = ThreadLeaks.end(bundles, packages);
        return threads.isEmpty()
                ? Optional.empty()
                : Optional.of(new AdmissionFinding(
                        "threads",
                        FindingVerdict.WARNED,
                        "left threads behind when it was stopped (%d; they ignore their interruption): %s%s"
                                .formatted(
                                        threads.size(),
                                        String.join(", ", threads.subList(0, Math.min(SHOWN, threads.size()))),
                                        threads.size() > SHOWN ? " and more" : "")));
    }

    @FunctionalInterface
    private interface BundleCall {
        void run() throws BundleException;
    }

    private boolean quietly(String what, Bundle bundle, BundleCall call) {
        if (bundle.getState() == Bundle.UNINSTALLED) {
            return true;
        }
        try {
            TimeLimitedCall.call(
                    "the %s of %s".formatted(what, bundle.getSymbolicName()),
                    bundle,
                    settings.get().stop(),
                    () -> {
                        call.run();
                        return bundle;
                    });
            return true;
        } catch (PluginStartException failed) {
            LOG.warn(
                    "{} of bundle failed bundle={} version={} reason=\"{}\"",
                    what,
                    bundle.getSymbolicName(),
                    bundle.getVersion(),
                    failed.getMessage());
            return false;
        }
    }

    static void mark(Bundle bundle, String sha256) throws IOException {
        Path file = markFile(bundle);
        if (file != null) {
            try (InputStream in = new ByteArrayInputStream(sha256.getBytes(StandardCharsets.UTF_8))) {
                Files.copy(in, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    static String mark(Bundle bundle) {
        Path file = markFile(bundle);
        try {
            return file != null && Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static @org.jspecify.annotations.Nullable Path markFile(Bundle bundle) {
        java.io.File file = bundle.getDataFile(MARK);
        return file == null ? null : file.toPath();
    }
}
