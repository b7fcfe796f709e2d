// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.ReplacedStrategies;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.Trust;
import eu.nephele.smo.core.plugins.files.FolderWatch;
import eu.nephele.smo.core.plugins.files.PluginFolder;
import eu.nephele.smo.core.plugins.files.StateFile;
import eu.nephele.smo.core.plugins.life.Examination;
import eu.nephele.smo.core.plugins.life.Gate;
import eu.nephele.smo.core.plugins.life.Guests;
import eu.nephele.smo.core.plugins.life.Neighbours;
import eu.nephele.smo.core.plugins.life.ProcessGuards;
import eu.nephele.smo.core.plugins.life.Product;
import eu.nephele.smo.core.plugins.life.ProductBundle;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything about plugins, put together; also for programs that embed the core. */
public final class PluginRoom implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PluginRoom.class);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration STORE_POLL = Duration.ofSeconds(1);

    private final BundleContext context;
    private final Path data;
    private final Supplier<PluginSettings> settings;
    private final Neighbours neighbours;
    private final Chronicle chronicle;
    private final OperationLog operations;
    private final Worker worker = new Worker();
    private final Gate gate;
    private final Tools tools;
    private final FolderDoor folderDoor;
    private final ConsoleDoor consoleDoor;
    private final Restoring restoring;
    private final PluginDesk desk;
    private final Revival revival;
    private final Sharing sharing;
    private final HealthWarnings warnings;
    private final List<ServiceRegistration<?>> hooks;
    private final ProcessGuards guards;
    /** As who this server has ended what former processes left open: with each turn there is more of that. */
    private Turn.Role endedAs = Turn.Role.STANDBY;

    /**
     * Opens the doors; what was there before comes back in the background.
     *
     * @param data folder of the server's data
     * @throws IOException when the folder of plugins cannot be used
     */
    public PluginRoom(BundleContext context, Path data, Supplier<PluginSettings> settings, Clock clock)
            throws IOException {
        this.context = context;
        this.data = data;
        this.settings = settings;
        Product product = new Product(context);
        this.neighbours = new Neighbours(context);
        this.gate = new Gate(product);
        this.hooks = List.of(
                context.registerService(ResolverHookFactory.class, gate, null),
                context.registerService(CollisionHook.class, gate, null));
        this.guards = new ProcessGuards(context, product);
        PluginFolder folder = new PluginFolder(data.resolve("plugins"), data.resolve("tmp"));
        Turn turn = new Turn(neighbours);
        Publishing publishing = new Publishing(neighbours, folder);
        this.chronicle = new Chronicle(neighbours, clock, publishing, turn);
        this.operations = new OperationLog(neighbours, chronicle, clock);
        StateFile state = new StateFile(folder, publishing);
        Guests guests = new Guests(context, gate, neighbours, settings);
        Shelf shelf = new Shelf(state, guests, clock);
        this.tools = new Tools(
                folder, new FolderWatch(folder, clock), state, shelf, guests, gate, chronicle, clock, settings, turn);
        Raising raising = new Raising(folder, guests, new Examination(context, guests), state, shelf, settings, clock);
        Installing installing = new Installing(tools, raising);
        Overrides overrides = new Overrides(tools, product, raising, installing, new ProductBundle.Factory(context));
        Removing removing = new Removing(tools, overrides);
        Uses uses = new Uses(neighbours);
        Replacing replacing = new Replacing(
                tools, raising, installing, removing, new Rehearsal(neighbours, clock), new Proof(neighbours), uses);
        Supplier<FileReader> reader = () -> new FileReader(settings.get(), trust(), folder.scratch(), clock);
        Entering entering = new Entering(tools, reader, raising, overrides, installing, replacing);
        this.folderDoor = new FolderDoor(tools, reader, operations, entering, removing, uses);
        this.consoleDoor = new ConsoleDoor(product, worker, tools, reader, raising, installing, removing);
        this.restoring = new Restoring(tools, reader, raising, overrides);
        Bystanding bystanding = new Bystanding(tools, reader);
        this.sharing = new Sharing(tools, publishing, new Following(tools, bystanding, restoring, removing, overrides));
        this.warnings = new PluginWarnings(publishing, bystanding);
        this.desk = new PluginDesk(tools, worker, reader, operations, entering, removing, uses);
        this.revival = new Revival(tools, worker, reader, raising);
        letThrough(state, guests);
        worker.run("Return of the plugins", this::begin);
    }

    /** What has been running while this room was exchanged is used without a break. */
    private void letThrough(StateFile state, Guests guests) {
        state.now().plugins().stream()
                .filter(plugin -> plugin.state() == Plugin.State.ACTIVE && !plugin.replaces())
                .map(plugin -> guests.present(plugin.artifact()))
                .filter(bundles -> !bundles.isEmpty())
                .forEach(bundles -> {
                    gate.admit(bundles);
                    gate.open(bundles);
                });
    }

    private void begin() {
        if (!restoring.run()) {
            return;
        }
        try {
            context.addBundleListener(consoleDoor);
            consoleDoor.catchUp();
            endFormer();
        } finally {
            look();
        }
    }

    private void look() {
        boolean more = false;
        try {
            more = sharing.look() && folderDoor.look();
        } finally {
            // whatever came in between: without the next look no file would ever be seen again
            worker.later(
                    "A look at the folder of plugins",
                    more ? SOON : settings.get().poll().folder(),
                    this::look);
        }
    }

    private void endFormer() {
        try {
            Turn.Role role = tools.turn().role();
            if (role == Turn.Role.STANDBY || (role != endedAs && sharing.mayEndFormer() && endFormerNow())) {
                endedAs = role;
            }
        } catch (RuntimeException | IOException failed) {
            LOG.warn("Open operations of a former process are not ended yet: {}", failed.getMessage());
        } finally {
            worker.later("The end of former operations", STORE_POLL, this::endFormer);
        }
    }

    private boolean endFormerNow() throws IOException {
        String handedOver = tools.state().now().handedOver();
        Optional<String> outcome = tools.shelf().all().stream()
                .map(Held::plugin)
                .filter(plugin -> plugin.replaces() && plugin.state() == Plugin.State.FAILED)
                .findFirst()
                .map(Plugin::why);
        boolean done = operations.endFormer(handedOver, outcome);
        if (done && !handedOver.isEmpty()) {
            tools.state().handedOver("");
        }
        return done;
    }

    /** Read at each use: who is trusted from now on needs no restart. */
    private Trust trust() {
        PluginSettings now = settings.get();
        if (now.signature() == PluginSettings.Policy.OFF) {
            return Trust.NOBODY;
        }
        try {
            String password = now.trustPassword().isEmpty()
                    ? ""
                    : neighbours
                            .find(SecretSource.class)
                            .flatMap(secrets -> secrets.resolve(now.trustPassword()))
                            .orElse("");
            return Trust.read(data.resolve(now.trust()), password.toCharArray());
        } catch (IOException unreadable) {
            LOG.error("Nobody is trusted to sign plugins: {}", unreadable.getMessage());
            return Trust.NOBODY;
        }
    }

    /** The service. */
    public PluginDesk desk() {
        return desk;
    }

    /** Where this server is not as the store. */
    public HealthWarnings warnings() {
        return warnings;
    }

    /** What was replaced, for a while. */
    public ReplacedStrategies replaced() {
        return revival;
    }

    /** Who stands between the framework and the registry of strategies. */
    public Gate gate() {
        return gate;
    }

    @Override
    public void close() {
        // when this room has replaced itself, the framework has taken these back already
        if (!worker.isThisThread()) {
            context.removeBundleListener(consoleDoor);
            context.removeFrameworkListener(guards);
        }
        worker.close();
        revival.close();
        hooks.forEach(ServiceRegistration::unregister);
        guards.close();
        chronicle.close();
        neighbours.close();
    }
}
