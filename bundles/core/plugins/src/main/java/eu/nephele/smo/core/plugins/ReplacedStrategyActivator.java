// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.ReplacedStrategies;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.files.ReplacedContents.Replaced;
import eu.nephele.smo.core.plugins.life.PluginStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kept contents in the framework for a while, behind the closed gate: trials reach their strategies, decisions do not. They pass
 * the same admission as when they came in, and bring no configurations.
 */
final class ReplacedStrategyActivator implements ReplacedStrategies {

    private static final Logger LOG = LoggerFactory.getLogger(ReplacedStrategyActivator.class);

    /** Only what stands behind the gate: an adapter or a subscriber would be used the moment it starts. */
    private static final Set<String> GATED = Set.of(StrategyRef.PLACEMENT, StrategyRef.SCALING, "objective", "intent");

    /** One thing after the other is done to plugins, an upgrade that proves itself too. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PluginContext pluginContext;
    private final PluginWorker worker;
    private final Supplier<FileReader> reader;
    private final PluginStarter pluginStarter;
    private final Set<Guest> guests = ConcurrentHashMap.newKeySet();

    ReplacedStrategyActivator(
            PluginContext pluginContext,
            PluginWorker worker,
            Supplier<FileReader> reader,
            PluginStarter pluginStarter) {
        this.pluginContext = pluginContext;
        this.worker = worker;
        this.reader = reader;
        this.pluginStarter = pluginStarter;
    }

    @Override
    public List<StrategyRef> kept() {
        return replaced().stream()
                .flatMap(replaced -> replaced.offers().stream())
                .filter(ReplacedStrategyActivator::decides)
                .map(ReplacedStrategyActivator::ref)
                .distinct()
                .toList();
    }

    private static boolean decides(OfferedService offer) {
        return offer.kind().equals(StrategyRef.PLACEMENT) || offer.kind().equals(StrategyRef.SCALING);
    }

    private static StrategyRef ref(OfferedService offer) {
        return new StrategyRef(offer.kind(), offer.name(), offer.version());
    }

    private List<Replaced> replaced() {
        try {
            return pluginContext.folder().replaced().all().stream()
                    .filter(replaced -> replaced.offers().stream().allMatch(offer -> GATED.contains(offer.kind())))
                    .toList();
        } catch (IOException unreadable) {
            LOG.warn("reading replaced plugins failed reason=\"{}\"", unreadable.getMessage());
            return List.of();
        }
    }

    @Override
    public Activation bringUp(StrategyRef strategy) {
        CompletableFuture<Guest> result = new CompletableFuture<>();
        worker.run("start of %s %s for a replay".formatted(strategy.id(), strategy.version()), () -> {
            if (result.isDone()) {
                return;
            }
            try {
                Guest guest = start(strategy);
                if (!result.complete(guest)) {
                    guest.leave();
                }
            } catch (AdmissionException | PluginStartException | IOException failed) {
                result.completeExceptionally(SmoException.of(
                        SmoException.Kind.UNPROCESSABLE,
                        strategy.id(),
                        "%s %s cannot be started for the replay: %s"
                                .formatted(strategy.id(), strategy.version(), failed.getMessage()),
                        Optional.empty()));
            } catch (RuntimeException failed) {
                result.completeExceptionally(failed);
            }
        });
        return awaited(result, strategy);
    }

    private static Guest awaited(CompletableFuture<Guest> result, StrategyRef strategy) {
        try {
            return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("Starting " + strategy + " failed", failed);
        } catch (TimeoutException late) {
            throw givenUp(result, strategy, "plugins are being changed");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw givenUp(result, strategy, "the server is shutting down");
        }
    }

    private static SmoException givenUp(CompletableFuture<Guest> result, StrategyRef strategy, String why) {
        if (!result.cancel(false)) {
            result.join().close();
        }
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "%s %s is not started: %s".formatted(strategy.id(), strategy.version(), why),
                Optional.empty());
    }

    private Guest start(StrategyRef strategy) throws AdmissionException, PluginStartException, IOException {
        Replaced content = replaced().stream()
                .filter(replaced -> replaced.offers().stream()
                        .map(ReplacedStrategyActivator::ref)
                        .anyMatch(strategy::equals))
                .findFirst()
                .orElseThrow(() -> SmoException.notFound(
                        "The content of %s %s is no longer kept".formatted(strategy.id(), strategy.version())));
        String name = String.valueOf(content.file().getFileName());
        Path copy = Files.createTempFile(pluginContext.folder().scratch(), "replay", name.substring(name.length() - 4));
        List<Bundle> bundles = new ArrayList<>();
        try {
            Files.copy(content.file(), copy, StandardCopyOption.REPLACE_EXISTING);
            PluginFile read = reader.get().read(copy, name);
            pluginStarter.check(read);
            bundles.addAll(pluginContext.pluginBundles().install(read, copy));
            pluginContext.pluginBundles().admit(bundles);
            pluginContext.pluginBundles().start(bundles);
            Guest guest = new Guest(read, List.copyOf(bundles));
            guests.add(guest);
            LOG.info("plugin started for a replay plugin={} version={}", read.id(), read.version());
            return guest;
        } catch (AdmissionException | PluginStartException | IOException | RuntimeException failed) {
            pluginContext.pluginBundles().giveUp(bundles, Set.of());
            throw failed;
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    void close() {
        List.copyOf(guests).forEach(Guest::leave);
    }

    private final class Guest implements Activation {

        private final PluginFile read;
        private final List<Bundle> bundles;
        private final AtomicBoolean left = new AtomicBoolean();

        Guest(PluginFile read, List<Bundle> bundles) {
            this.read = read;
            this.bundles = bundles;
        }

        @Override
        public void close() {
            leave();
        }

        private void leave() {
            if (left.compareAndSet(false, true)) {
                guests.remove(this);
                pluginContext
                        .pluginBundles()
                        .takeOut(bundles, read.packages())
                        .ifPresent(finding -> LOG.warn(
                                "plugin stopped with a warning plugin={} version={} finding=\"{}\"",
                                read.id(),
                                read.version(),
                                finding.detail()));
            }
        }
    }
}
