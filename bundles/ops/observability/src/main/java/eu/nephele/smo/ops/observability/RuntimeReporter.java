// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.outside.CircuitState;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import eu.nephele.smo.core.contract.outside.SystemState;
import eu.nephele.smo.core.contract.runtime.EngineActivity;
import eu.nephele.smo.core.contract.runtime.EngineActivity.Activity;
import eu.nephele.smo.core.contract.runtime.RuntimeReport;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.EngineWork;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.EventTraffic;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.HttpTraffic;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.OutsideSystemHistory;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.OutsideSystemTraffic;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.Store;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.Strategy;
import eu.nephele.smo.core.contract.runtime.RuntimeService;
import eu.nephele.smo.ops.observability.MetricTotals.Total;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the present activity of the server from its metrics: every five seconds the counts are recorded. */
@Component(service = RuntimeService.class, immediate = true)
public final class RuntimeReporter implements RuntimeService {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeReporter.class);

    private static final String FAULTS = "smo_strategy_faults_total";
    private static final String CALLS = "smo_outside_calls_total";
    private static final String CALL_DURATION = "smo_outside_call_duration";
    private static final String HTTP = "smo_http_requests";
    private static final String LAG = "smo_events_subscriber_lag_events";
    private static final Map<String, String> DURATIONS =
            Map.of("placement", "smo_placement_duration", "scaling", "smo_scaling_duration");
    private static final int FIRST_ERROR = 500;
    private static final Set<Integer> REFUSALS = Set.of(429, 503);

    private static final ResourceRef SERVER = ResourceRef.all("server");

    private final MicrometerMeasurements measurements;
    private final AccessControl access;
    private final Authorizer authorizer;
    private final LongSupplier nanoTime;
    private final JavaRuntime runtime = new JavaRuntime();
    private final MetricsHistory history;
    private final ScheduledThreadPoolExecutor ticker;
    private final ScheduledFuture<?> ticks;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable EngineActivity engine;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OutsideGuard guard;

    @Activate
    public RuntimeReporter(BundleContext context, @Reference MicrometerMeasurements measurements) {
        this(measurements, new InstalledAccess(context), System::nanoTime);
    }

    private RuntimeReporter(MicrometerMeasurements measurements, AccessControl access, LongSupplier nanoTime) {
        this.measurements = measurements;
        this.access = access;
        this.authorizer = access.authorizer("The observability service");
        this.nanoTime = nanoTime;
        this.history = new MetricsHistory(this::totals);
        this.ticker = new ScheduledThreadPoolExecutor(1, RuntimeReporter::thread);
        long every = MetricsHistory.EVERY.toMillis();
        this.ticks = ticker.scheduleAtFixedRate(this::record, every, every, TimeUnit.MILLISECONDS);
    }

    RuntimeReporter(
            MicrometerMeasurements measurements,
            EngineActivity engine,
            OutsideGuard guard,
            AccessControl access,
            LongSupplier nanoTime) {
        this(measurements, access, nanoTime);
        this.engine = engine;
        this.guard = guard;
    }

    @Deactivate
    void close() {
        ticks.cancel(false);
        ticker.shutdownNow();
        authorizer.end();
        access.close();
    }

    @Override
    public RuntimeReport report(CallContext call) {
        return authorizer.read(call, SERVER, this::report);
    }

    private RuntimeReport report() {
        MetricsWindow window = history.window();
        return new RuntimeReport(
                Instant.now(),
                JavaRuntime.uptime(),
                window.length(),
                window.now().engine().map(activity -> work(window, activity)),
                store(window),
                requests(window),
                systems(window),
                strategies(window),
                new EventTraffic(
                        window.perSecond(
                                window.sum("smo_events_published_total").count()),
                        window.perSecond(
                                window.sum("smo_events_deliveries_total").count()),
                        lag()),
                runtime.process(window));
    }

    private MetricTotals totals() {
        return MetricTotals.create(
                nanoTime.getAsLong(),
                measurements.meters(),
                Optional.ofNullable(engine).map(EngineActivity::activity),
                runtime.totals());
    }

    void record() {
        try {
            history.record();
        } catch (RuntimeException e) {
            LOG.debug("reading counts failed; they are skipped", e);
        }
    }

    /** Passes in the window; those of an engine that started meanwhile count whole. */
    private static Total passes(MetricsWindow window) {
        Function<MetricTotals, Total> total = totals -> totals.engine()
                .map(activity ->
                        new Total(activity.passes(), activity.passTime().toNanos() / 1e9))
                .orElse(Total.NONE);
        return total.apply(window.now()).since(total.apply(window.before()));
    }

    private static EngineWork work(MetricsWindow window, Activity activity) {
        Total passes = passes(window);
        return new EngineWork(
                window.perSecond(passes.count()),
                MetricsWindow.mean(passes),
                window.perSecond(window.sum("smo_engine_refused_total").count()),
                activity);
    }

    private static Store store(MetricsWindow window) {
        double statements = window.sum(MetricTotals.STATEMENTS).count();
        double passes = passes(window).count();
        return new Store(
                window.perSecond(statements),
                passes == 0 ? OptionalDouble.empty() : OptionalDouble.of(statements / passes));
    }

    private static HttpTraffic requests(MetricsWindow window) {
        Total all = window.sum(HTTP);
        return new HttpTraffic(
                window.perSecond(all.count()),
                MetricsWindow.mean(all),
                window.perSecond(
                        window.sum(HTTP, id -> status(id) >= FIRST_ERROR).count()),
                window.perSecond(
                        window.sum(HTTP, id -> REFUSALS.contains(status(id))).count()));
    }

    private static int status(Meter.Id id) {
        String status = id.getTag("status");
        return status == null ? 0 : Integer.parseInt(status);
    }

    private List<OutsideSystemTraffic> systems(MetricsWindow window) {
        Map<String, SystemState> known =
                Optional.ofNullable(guard).map(OutsideGuard::systems).orElse(List.of()).stream()
                        .collect(Collectors.toMap(SystemState::system, Function.identity(), (one, same) -> same));
        Map<String, Total> calls = window.by(CALL_DURATION, "system");
        Set<String> names = new TreeSet<>(known.keySet());
        names.addAll(calls.keySet());
        return names.stream()
                .map(name -> system(
                        name, window, calls.getOrDefault(name, Total.NONE), Optional.ofNullable(known.get(name))))
                .toList();
    }

    private static OutsideSystemTraffic system(
            String name, MetricsWindow window, Total calls, Optional<SystemState> state) {
        double failures = window.sum(
                        CALLS, id -> name.equals(id.getTag("system")) && !"ok".equals(id.getTag("outcome")))
                .count();
        return new OutsideSystemTraffic(
                name,
                window.perSecond(calls.count()),
                MetricsWindow.mean(calls),
                window.perSecond(failures),
                state.map(SystemState::access).map(RuntimeReporter::circuit),
                state.map(SystemState::inFlight).orElse(0),
                state.map(known -> new OutsideSystemHistory(
                        known.since(), known.retryAfter(), known.lastFailure(), known.lastSuccess())));
    }

    private static String circuit(CircuitState circuitState) {
        return switch (circuitState) {
            case CLOSED -> "closed";
            case HALF_OPEN -> "half-open";
            case OPEN -> "open";
        };
    }

    private static List<Strategy> strategies(MetricsWindow window) {
        Map<String, Total> faults = window.by(FAULTS, "strategy");
        List<Strategy> strategies = new ArrayList<>();
        DURATIONS.forEach((kind, meter) -> window.by(meter, "strategy")
                .forEach((name, calls) -> strategies.add(
                        strategy(name, Optional.of(kind), window, calls, faults.getOrDefault(name, Total.NONE)))));
        Set<String> decided = strategies.stream().map(Strategy::name).collect(Collectors.toSet());
        faults.forEach((name, total) -> {
            if (!decided.contains(name)) {
                strategies.add(strategy(name, Optional.empty(), window, Total.NONE, total));
            }
        });
        strategies.sort(Comparator.comparing(Strategy::name)
                .thenComparing(strategy -> strategy.kind().orElse("")));
        return strategies;
    }

    private static Strategy strategy(
            String name, Optional<String> kind, MetricsWindow window, Total calls, Total faults) {
        return new Strategy(
                name, kind, (long) calls.count(), window.perSecond(calls.count()), MetricsWindow.mean(calls), (long)
                        faults.count());
    }

    private long lag() {
        return measurements.meters().stream()
                .filter(meter ->
                        meter instanceof Gauge && meter.getId().getName().equals(LAG))
                .mapToLong(meter -> (long) ((Gauge) meter).value())
                .max()
                .orElse(0);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "smo-runtime-history");
        thread.setDaemon(true);
        return thread;
    }
}
