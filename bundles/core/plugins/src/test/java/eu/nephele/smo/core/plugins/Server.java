// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.ReplacedStrategies;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import eu.nephele.smo.core.plugins.settings.PluginSettings.Policy;
import eu.nephele.smo.core.plugins.settings.PluginSettings.UnpackLimits;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.felix.cm.impl.ConfigurationManager;
import org.apache.felix.scr.impl.Activator;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A framework with components and configurations, as the product has it, and the plugin module in it. */
final class Server implements AutoCloseable {

    static final PluginSettings SETTINGS = lookingEvery(Duration.ofMillis(20));

    private static final String API = Arrays.stream(
                    new String[] {"event", "graph", "intent", "model", "placement", "port", "scaling"})
            .map(name -> "eu.nephele.smo.api.%s;version=0.1.0,".formatted(name))
            .reduce("", String::concat);
    private static final String SHARED = API
            + "eu.nephele.smo.core.contract.plugin;version=0.1.0,"
            + "org.osgi.service.component;version=1.5.1,org.osgi.service.component.runtime;version=1.5.0,"
            + "org.osgi.service.component.runtime.dto;version=1.5.0,org.osgi.service.cm;version=1.6.1,"
            + "org.osgi.util.promise;version=1.3.0,org.osgi.util.function;version=1.2.0";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int POLLS = 5;

    final Path data;
    final Operations operations;
    private final Framework framework;
    private final AtomicInteger settingsReads = new AtomicInteger();
    private final AtomicInteger clockReads = new AtomicInteger();
    private volatile Supplier<PluginSettings> settings = () -> SETTINGS;
    private PluginModule pluginModule;

    /** @param operations the database, which outlives the server */
    private Server(Path data, Operations operations) throws Exception {
        this.data = data;
        this.operations = operations;
        Files.createDirectories(data.resolve("plugins"));
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        data.resolve("cache").toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        SHARED,
                        Product.TRUSTED,
                        "product:"));
        framework.start();
        for (Class<?> library : List.of(ConfigurationManager.class, Activator.class)) {
            install("product:" + library.getName(), jarOf(library)).start();
        }
        context().registerService(OperationStore.class, operations, null);
    }

    /** Names that the test uses of the production code. */
    private static final class Product {
        private static final String TRUSTED = eu.nephele.smo.core.plugins.life.ProductInventory.TRUSTED_LOCATIONS;
    }

    static Server start(Path data) throws Exception {
        return with(data, SETTINGS);
    }

    static Server with(Path data, PluginSettings settings) throws Exception {
        Server server = new Server(data, new Operations());
        server.settings(settings);
        return server.open();
    }

    /** A framework without the module: the test prepares something first. */
    static Server closed(Path data) throws Exception {
        return new Server(data, new Operations());
    }

    /** A framework without the module, on a database that others use, too. */
    static Server beside(Path data, Operations operations) throws Exception {
        return new Server(data, operations);
    }

    /** @param folder poll interval of its folder and of the store */
    static PluginSettings lookingEvery(Duration folder) {
        return new PluginSettings(
                Policy.WARN,
                "etc/trust",
                "",
                Policy.OFF,
                Duration.ofSeconds(10),
                Duration.ofMillis(300),
                20,
                20,
                new PluginSettings.Poll(folder, Duration.ofMillis(50)),
                Duration.ofMillis(700),
                Duration.ofSeconds(2),
                new UnpackLimits(200, 8L << 20, 200));
    }

    /** Warnings of plugins in {@code /health/ready}. */
    List<String> warnings() {
        return pluginModule.warnings().warnings();
    }

    SignerLifecycle signers() {
        return pluginModule.signers();
    }

    Server open() throws IOException {
        pluginModule = new PluginModule(
                context(),
                data,
                () -> {
                    settingsReads.incrementAndGet();
                    return settings.get();
                },
                new CountingClock());
        return this;
    }

    /** The real time; counts its reads. */
    private final class CountingClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("A zone is not used");
        }

        @Override
        public Instant instant() {
            clockReads.incrementAndGet();
            return Instant.now();
        }
    }

    /** Waits until the folder and the store have been polled some times more: a poll ends with reading its interval. */
    void awaitPolls() {
        int before = settingsReads.get();
        await(() -> settingsReads.get() >= before + POLLS, "it polls no more");
    }

    /** Waits until a poll ends. */
    void awaitPoll() {
        int before = settingsReads.get();
        await(() -> settingsReads.get() > before, "it polls no more");
    }

    /** Waits until a file that is being written was looked at twice: the clock is read at each look. */
    void awaitLooksAtGrowingFile() {
        int before = clockReads.get();
        await(() -> clockReads.get() >= before + 2, "it does not look");
    }

    /** The same data, after an orderly end and a start. */
    Server restarted() throws Exception {
        close();
        Server next = new Server(data, operations);
        next.settings = settings;
        return next.open();
    }

    void settings(PluginSettings other) {
        settings(() -> other);
    }

    /** Asked whenever something begins: a moment to change something in. */
    void settings(Supplier<PluginSettings> other) {
        settings = other;
    }

    /** Nothing can be written any more. */
    void loseTheDisk() {
        Path scratch = data.resolve("tmp");
        try (Stream<Path> files = Files.exists(scratch) ? Files.list(scratch) : Stream.empty()) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void findTheDisk() throws IOException {
        Files.createDirectories(data.resolve("tmp"));
    }

    /** Restarts the module while everything else stays. */
    void roomAgain() throws IOException {
        pluginModule.close();
        open();
    }

    void roomGoes() {
        pluginModule.close();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Bundle install(String location, Path jar) throws BundleException, IOException {
        try (var in = Files.newInputStream(jar)) {
            return context().installBundle(location, in);
        }
    }

    static Path jarOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    PluginLifecycle desk() {
        return pluginModule.desk();
    }

    ReplacedStrategies replaced() {
        return pluginModule.replaced();
    }

    eu.nephele.smo.core.plugins.life.PluginGate gate() {
        return pluginModule.gate();
    }

    Path folder() {
        return data.resolve("plugins");
    }

    /** Uploads as REST does: into the folder for what is not complete. */
    Operation upload(Jar jar) throws IOException {
        return upload(jar, RequestOrigin.INTERNAL);
    }

    Operation upload(Jar jar, RequestOrigin origin) throws IOException {
        return settled(desk().install(temporary(jar.bytes()), "upload.jar", InstallSource.REST, origin));
    }

    Operation upgrade(String id, Jar jar, boolean force) throws IOException {
        return settled(desk().upgrade(id, temporary(jar.bytes()), "upload.jar", force, RequestOrigin.INTERNAL));
    }

    Operation remove(String id, boolean force) {
        return settled(desk().remove(id, Optional.empty(), force, RequestOrigin.INTERNAL));
    }

    Path temporary(byte[] content) throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(data.resolve("tmp")), "upload", ".part");
        return Files.write(file, content);
    }

    /** The operation when it has ended. */
    Operation settled(Operation operation) {
        await(
                () -> operations
                        .find(operation.id())
                        .filter(it -> it.state().isFinal())
                        .isPresent(),
                "operation %s does not end".formatted(operation));
        return operations.find(operation.id()).orElseThrow();
    }

    /** A plugin when it is in that state. */
    Plugin awaits(String id, Plugin.PluginState state) {
        await(
                () -> desk().versions(id).stream().anyMatch(plugin -> plugin.state() == state),
                "%s does not become %s".formatted(id, state));
        return desk().versions(id).stream()
                .filter(plugin -> plugin.state() == state)
                .findFirst()
                .orElseThrow();
    }

    void awaitGone(String id) {
        await(() -> desk().versions(id).isEmpty(), id + " does not go");
    }

    void await(BooleanSupplier condition, String otherwise) {
        Await.within(LIMIT, () -> otherwise + "; known: " + desk().plugins(), condition::getAsBoolean);
    }

    Optional<Bundle> bundle(String id, String version) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> id.equals(bundle.getSymbolicName())
                        && bundle.getVersion().toString().equals(version))
                .findFirst();
    }

    /** Whether the registry of strategies may use its services. */
    boolean isUsed(String id, String version) {
        return bundle(id, version)
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .filter(bundle -> pluginModule.gate().open(bundle.getBundleId()))
                .isPresent();
    }

    static boolean hasRun(String id) {
        return Boolean.getBoolean("sample.ran." + id);
    }

    @Override
    public void close() throws BundleException {
        if (framework.getState() != Bundle.ACTIVE) {
            return;
        }
        if (pluginModule != null) {
            pluginModule.close();
        }
        framework.stop();
        try {
            framework.waitForStop(5_000);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database of operations. */
    static final class Operations implements OperationStore {
        private final Map<String, Operation> all = new ConcurrentSkipListMap<>();
        private final Map<String, IdempotencyRecord> keys = new ConcurrentSkipListMap<>();

        @Override
        public void save(List<Operation> operations) {
            operations.forEach(operation -> all.merge(
                    operation.id(), operation, (old, now) -> old.state().isFinal() ? old : now));
        }

        @Override
        public void accept(Operation operation, IdempotencyRecord key) {
            if (keys.putIfAbsent(key.key(), key) != null) {
                throw SmoException.conflict("taken");
            }
            save(List.of(operation));
        }

        @Override
        public Optional<Operation> find(String id) {
            return Optional.ofNullable(all.get(id));
        }

        @Override
        public List<Operation> open() {
            return all.values().stream()
                    .filter(operation -> !operation.state().isFinal())
                    .toList();
        }

        @Override
        public List<Operation> list(Query query) {
            return List.copyOf(all.values());
        }

        @Override
        public Optional<IdempotencyRecord> findKey(String key) {
            return Optional.ofNullable(keys.get(key));
        }

        @Override
        public long prune(Instant before, long maximum, Instant keysBefore) {
            throw new UnsupportedOperationException();
        }
    }
}
