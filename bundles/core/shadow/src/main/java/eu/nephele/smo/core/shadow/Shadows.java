// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.RequestOrigin;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.graph.Violation;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.core.contract.decision.DecisionObserver;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.ShadowReport;
import eu.nephele.smo.core.contract.shadow.ShadowService;
import eu.nephele.smo.core.contract.store.ShadowStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shadows and what is shown to them. On the thread that decides live, a decision is put into a bounded queue and nothing else;
 * with no shadow not even that.
 */
@Component(
        service = {ShadowService.class, DecisionObserver.class},
        configurationPid = "eu.nephele.smo.core.shadow")
@Designate(ocd = ShadowConfig.class)
public final class Shadows implements ShadowService, DecisionObserver, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shadows.class);

    private final Settings settings;
    private final ShadowStore store;
    private final Selection selection;
    private final PlacementComparison placements;
    private final ScalingComparison scalings;
    private final GraphPromotion.Lender graphs;
    private final DescriptorReader reader;
    private final ConfigurationFile defaults;
    private final Clock clock;
    private final AtomicLong lastId = new AtomicLong();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final ShadowWorker worker;

    /** @param graphs not taken before it is needed: it decides, deciding shows, and what is shown comes here */
    @Activate
    public Shadows(
            ShadowConfig config,
            BundleContext context,
            @Reference ShadowStore store,
            @Reference DecisionTrials trials,
            @Reference ObjectivePricing pricing,
            @Reference StrategyCatalog catalog,
            @Reference StrategyControl control,
            @Reference DescriptorReader reader,
            @Reference ConfigurationAdmin configurations,
            @Reference ComponentServiceObjects<GraphService> graphs) {
        this(
                Settings.of(config),
                store,
                new Room(trials, pricing, catalog, control),
                promotion -> {
                    GraphService service = graphs.getService();
                    try {
                        return promotion.apply(service);
                    } finally {
                        graphs.ungetService(service);
                    }
                },
                reader,
                new ConfigurationFile(configurations, folder(config, context), StrategyDefaults.PID),
                Clock.systemUTC());
    }

    private static Path folder(ShadowConfig config, BundleContext context) {
        String data = config.smo_data().isBlank() ? context.getProperty("smo.data") : config.smo_data();
        if (data == null || data.isBlank()) {
            throw new IllegalArgumentException(
                    "Configuration eu.nephele.smo.core.shadow: smo.data is empty and there is no framework property of that name");
        }
        return Path.of(data, "etc");
    }

    /**
     * Goes on with the shadows that are stored.
     *
     * @param room what decides
     * @param defaults the configuration of the strategies, for promotions for many graphs
     */
    Shadows(
            Settings settings,
            ShadowStore store,
            Room room,
            GraphPromotion.Lender graphs,
            DescriptorReader reader,
            ConfigurationFile defaults,
            Clock clock) {
        this.settings = settings;
        this.store = store;
        this.selection = new Selection(room.catalog(), room.control());
        Versions versions = new Versions(room.control());
        this.placements = new PlacementComparison(
                room.trials(), room.pricing(), room.catalog(), versions, settings.placementBudgetMillis());
        this.scalings = new ScalingComparison(room.trials(), versions, settings.scalingBudgetMillis());
        this.graphs = graphs;
        this.reader = reader;
        this.defaults = defaults;
        this.clock = clock;
        store.list().forEach(shadow -> followers.add(Follower.restored(shadow, store)));
        this.worker =
                new ShadowWorker(settings.queueCapacity(), room.trials()::crowded, this::save, settings.flushEvery());
    }

    @Override
    public synchronized Shadow begin(String kind, StrategySelection wished, Shadow.Scope scope, RequestOrigin origin) {
        selection.check(kind, wished);
        if (scope.graph().isPresent() && scope.project().isPresent()) {
            throw SmoException.invalid(
                    "The shadow cannot be begun.",
                    List.of(new Violation("/project", "Either a graph or a project, not both")));
        }
        if (followers.size() >= settings.shadows()) {
            throw SmoException.conflict(
                    "There are %d shadows already; end one of them first.".formatted(followers.size()));
        }
        String id = "shadow-%013x".formatted(lastId.updateAndGet(last -> Math.max(last + 1, clock.millis())));
        Shadow shadow = new Shadow(id, kind, wished, scope, origin, clock.instant());
        store.save(shadow);
        followers.add(Follower.fresh(shadow));
        LOG.info(
                "shadow={} begun by {}: {} {} for {}",
                id,
                origin.principal(),
                kind,
                wished.id().orElse(""),
                scope);
        return shadow;
    }

    @Override
    public List<Shadow> shadows() {
        return followers.stream().map(Follower::shadow).toList();
    }

    @Override
    public Optional<ShadowReport> report(String id) {
        return find(id).map(Follower::report);
    }

    private Optional<Follower> find(String id) {
        return followers.stream()
                .filter(follower -> follower.shadow().id().equals(id))
                .findFirst();
    }

    private Follower known(String id) {
        return find(id).orElseThrow(() -> SmoException.notFound("There is no shadow '%s'.".formatted(id)));
    }

    @Override
    public synchronized ShadowReport end(String id, RequestOrigin origin) {
        Follower follower = known(id);
        store.remove(id);
        followers.remove(follower);
        LOG.info("shadow={} ended by {}", id, origin.principal());
        return follower.report();
    }

    @Override
    public synchronized Optional<String> promote(String id, RequestOrigin origin) {
        Shadow shadow = known(id).shadow();
        Optional<GraphId> graph = shadow.scope().graph();
        Optional<String> operation = Optional.empty();
        if (graph.isPresent()) {
            operation =
                    graphs.lend(service -> new GraphPromotion(service, reader).promote(shadow, graph.get(), origin));
        } else {
            defaults.write(StrategyDefaults.with(defaults.present(), shadow));
        }
        LOG.info("shadow={} promoted by {}", id, origin.principal());
        end(id, origin);
        return operation;
    }

    @Override
    public void placed(PlacementOutcome outcome) {
        boolean trivial = outcome.request().services().isEmpty()
                || outcome.request().clusters().isEmpty();
        if (followers.isEmpty() || trivial) {
            return;
        }
        List<Follower> concerned =
                concerned(StrategyRef.PLACEMENT, Optional.of(outcome.request().graph()));
        if (!concerned.isEmpty()) {
            offer(
                    concerned,
                    () -> concerned.forEach(follower -> follower.add(placements.compare(follower.shadow(), outcome))));
        }
    }

    /** Whose graphs are in the call is looked at later: there may be many. */
    @Override
    public void scaled(ScalingCall call) {
        if (followers.isEmpty()) {
            return;
        }
        List<Follower> concerned = concerned(StrategyRef.SCALING, Optional.empty());
        if (!concerned.isEmpty()) {
            offer(
                    concerned,
                    () -> concerned.forEach(follower ->
                            scalings.compare(follower.shadow(), call).forEach(follower::add)));
        }
    }

    private List<Follower> concerned(String kind, Optional<GraphId> graph) {
        List<Follower> concerned = new ArrayList<>();
        for (Follower follower : followers) {
            Shadow shadow = follower.shadow();
            if (shadow.kind().equals(kind)
                    && graph.map(shadow.scope()::includes).orElse(true)) {
                concerned.add(follower);
            }
        }
        return concerned;
    }

    private void offer(List<Follower> concerned, Runnable comparison) {
        if (!worker.offer(comparison)) {
            concerned.forEach(Follower::dropped);
        }
    }

    private void save() {
        followers.forEach(follower -> follower.save(store));
    }

    /** Whether everything that was shown is compared. */
    boolean idle() {
        return worker.idle();
    }

    /** Stores what is new. */
    @Deactivate
    @Override
    public void close() {
        worker.close();
    }
}
