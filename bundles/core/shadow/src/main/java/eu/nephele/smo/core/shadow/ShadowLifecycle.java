// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.configuration.ConfigurationChanges;
import eu.nephele.smo.core.contract.decision.DecisionObserver;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.Default;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.ShadowReport;
import eu.nephele.smo.core.contract.store.ShadowStore;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins, reports, ends and promotes shadows; writes what decides by default, be it promoted or chosen. */
@Component(
        service = {ShadowLifecycle.class, DecisionObserver.class},
        configurationPid = "eu.nephele.smo.core.shadow")
@Designate(ocd = ShadowConfig.class)
public final class ShadowLifecycle implements DecisionObserver, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShadowLifecycle.class);

    /** The folder of configurations is polled every second. */
    private static final Duration COUNTS_AFTER = Duration.ofSeconds(10);

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ShadowSettings settings;
    private final ShadowStore store;
    private final ShadowSelectionValidator selection;
    private final GraphPromotion.Lender graphs;
    private final DescriptorReader reader;
    private final CurrentConfigurationWriter configurations;
    private final ChosenDefault chosen;
    private final Clock clock;
    private final AtomicLong lastId = new AtomicLong();
    private final ShadowDispatcher shadowDispatcher;
    private volatile boolean followed;

    /** @param graphs not taken before it is needed: it decides, deciding shows, and what is shown comes here */
    @Activate
    public ShadowLifecycle(
            ShadowConfig config,
            @Reference ShadowStore store,
            @Reference ShadowDependencies shadowDependencies,
            @Reference DescriptorReader reader,
            @Reference ComponentServiceObjects<GraphService> graphs) {
        this(
                ShadowSettings.from(config),
                store,
                shadowDependencies,
                promotion -> lent(graphs, promotion),
                reader,
                new CurrentConfigurationWriter(),
                Clock.systemUTC());
    }

    /** The owner of the database decides, and its shadows follow. */
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        LOG.debug("shadows started epoch={}", tenure.epoch());
        begin();
    }

    void unbindTenure(Tenure over) {
        LOG.debug("shadows stopping with the store epoch={}", over.epoch());
    }

    /** Binds the writer of configuration, which may be exchanged: shadows continue. */
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindChanges(ConfigurationChanges changes) {
        configurations.come(changes);
    }

    void unbindChanges(ConfigurationChanges changes) {
        configurations.gone(changes);
    }

    /** Continues with the stored shadows; an unavailable database is polled again. */
    final void begin() {
        try {
            shadowDispatcher.load();
            followed = true;
        } catch (SmoException away) {
            LOG.warn("loading shadows failed reason=\"{}\"; retrying in {} ms", away.getMessage(), AGAIN.toMillis());
            CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::begin);
        }
    }

    private List<ActiveShadow> followers() {
        return followed ? shadowDispatcher.all() : shadowDispatcher.stored();
    }

    private static Optional<String> lent(
            ComponentServiceObjects<GraphService> graphs, Function<GraphService, Optional<String>> promotion) {
        GraphService service = Optional.ofNullable(graphs.getService())
                .orElseThrow(() -> SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        "smo",
                        "Graphs cannot be changed now; promote again in some seconds.",
                        Optional.of(Duration.ofSeconds(5))));
        try {
            return promotion.apply(service);
        } finally {
            graphs.ungetService(service);
        }
    }

    /** Shows stored shadows, and continues them when it has {@linkplain #begin() begun}. */
    ShadowLifecycle(
            ShadowSettings settings,
            ShadowStore store,
            ShadowDependencies shadowDependencies,
            GraphPromotion.Lender graphs,
            DescriptorReader reader,
            CurrentConfigurationWriter configurations,
            Clock clock) {
        this.settings = settings;
        this.store = store;
        this.selection = new ShadowSelectionValidator(shadowDependencies.catalog(), shadowDependencies.control());
        this.graphs = graphs;
        this.reader = reader;
        this.configurations = configurations;
        this.chosen = new ChosenDefault(shadowDependencies.catalog(), configurations, COUNTS_AFTER);
        this.clock = clock;
        this.shadowDispatcher = new ShadowDispatcher(settings, store, shadowDependencies);
    }

    synchronized Shadow begin(String kind, StrategySelection wished, Shadow.ShadowScope scope, RequestOrigin origin) {
        selection.check(kind, wished);
        if (scope.graph().isPresent() && scope.project().isPresent()) {
            throw SmoException.invalid(
                    "The shadow cannot be started.",
                    List.of(new Violation("/project", "Either a graph or a project, not both")));
        }
        if (shadowDispatcher.all().size() >= settings.shadows()) {
            throw SmoException.conflict("%d shadows are active already; end one of them first."
                    .formatted(shadowDispatcher.all().size()));
        }
        String id = "shadow-%013x".formatted(lastId.updateAndGet(last -> Math.max(last + 1, clock.millis())));
        Shadow shadow =
                new Shadow(id, kind, wished, scope, origin, clock.instant().truncatedTo(ChronoUnit.MICROS));
        store.save(shadow);
        shadowDispatcher.add(ActiveShadow.fresh(shadow));
        LOG.info(
                "shadow started shadow={} principal={} kind={} strategy={} scope=\"{}\"",
                id,
                origin.principal(),
                kind,
                wished.id().orElse(""),
                text(scope));
        return shadow;
    }

    private static String text(Shadow.ShadowScope scope) {
        return scope.graph()
                .map(graph -> "graph " + graph)
                .or(() -> scope.project().map(project -> "project " + project))
                .orElse("all graphs");
    }

    List<Shadow> shadows() {
        return followers().stream().map(ActiveShadow::shadow).toList();
    }

    Optional<ShadowReport> report(String id) {
        return followers().stream()
                .filter(activeShadow -> activeShadow.shadow().id().equals(id))
                .findFirst()
                .map(ActiveShadow::report);
    }

    private ActiveShadow known(String id) {
        return shadowDispatcher
                .find(id)
                .orElseThrow(() -> SmoException.notFound("Shadow '%s' not found.".formatted(id)));
    }

    synchronized ShadowReport end(String id, RequestOrigin origin) {
        ActiveShadow activeShadow = known(id);
        store.remove(id);
        shadowDispatcher.remove(activeShadow);
        LOG.info("shadow ended shadow={} principal={}", id, origin.principal());
        return activeShadow.report();
    }

    synchronized Optional<String> promote(String id, CallContext call) {
        Shadow shadow = known(id).shadow();
        Optional<GraphId> graph = shadow.scope().graph();
        Optional<String> operation = Optional.empty();
        if (graph.isPresent()) {
            operation = graphs.lend(service -> new GraphPromotion(service, reader).promote(shadow, graph.get(), call));
        } else {
            configurations.write(
                    StrategyDefaults.PID, StrategyDefaults.with(configurations.present(StrategyDefaults.PID), shadow));
        }
        LOG.info("shadow promoted shadow={} principal={}", id, call.origin().principal());
        end(id, call.origin());
        return operation;
    }

    /** Not at the same time as promotions: both read the configuration and write it as a whole. */
    synchronized Default set(String key, String value, RequestOrigin origin) {
        Default set = chosen.set(key, value);
        LOG.info("default changed {}={} principal={}", key, set.value(), origin.principal());
        return set;
    }

    @Override
    public void placed(PlacementOutcome outcome) {
        shadowDispatcher.placed(outcome);
    }

    @Override
    public void scaled(ScalingCall call) {
        shadowDispatcher.scaled(call);
    }

    boolean idle() {
        return shadowDispatcher.idle();
    }

    @Deactivate
    @Override
    public void close() {
        shadowDispatcher.close();
    }
}
