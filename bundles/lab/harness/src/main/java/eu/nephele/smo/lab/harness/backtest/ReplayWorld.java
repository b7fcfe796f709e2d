// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ServiceLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One graph in virtual time: demand comes as it was, replicas are ready some time after the decision for them, and a service passes on to
 * those that it calls only what it serves. Strategies and forecasters see what the server would show them: means of minutes up to three hours
 * ago, means of quarters of an hour up to 14 days ago, forecasts that are made every quarter of an hour.
 */
final class ReplayWorld {

    private static final GraphId GRAPH = new GraphId("backtest", "graph");
    private static final ClusterId CLUSTER = new ClusterId("backtest", "cluster");
    private static final Duration START_UP = Duration.ofSeconds(60);
    private static final Duration HORIZON = Duration.ofMinutes(30);
    private static final int FORECAST_STEPS = 15 * LoadShape.STEPS_PER_MINUTE;
    private static final int MOST_REPLICAS = 10_000;

    private final LoadShape shape;
    private final List<WorldService> services;
    private final StrategyChain chain;
    private final Optional<DemandForecaster> forecaster;
    private final List<ReplayedService> replayed = new ArrayList<>();
    private List<Optional<DemandForecast>> forecasts = List.of();

    /**
     * A service and who calls it.
     *
     * @param call its caller and the requests for each one that the caller serves; empty where the load comes from outside
     */
    record WorldService(String id, ServiceProfile profile, Optional<ServiceCall> call) {}

    record ServiceCall(int caller, double requestsPerRequest) {}

    /** Sees every forecast. */
    @FunctionalInterface
    interface ForecastObserver {
        void made(Instant now, List<Optional<DemandForecast>> forecasts);
    }

    /** @param services callers before those that they call */
    ReplayWorld(
            LoadShape shape,
            List<WorldService> services,
            StrategyChain chain,
            Function<String, DemandForecaster> forecasters) {
        this.shape = shape;
        this.services = services;
        this.chain = chain;
        this.forecaster = chain.inputs().forecaster().map(forecasters);
    }

    /** Requests per second that the ready replicas of a service served at each step. */
    float[] capacities(int service) {
        return replayed.get(service).capacities();
    }

    List<ReplayFigures> run(ForecastObserver observer) {
        int steps = shape.perSecond().length;
        for (WorldService service : services) {
            replayed.add(
                    new ReplayedService(service.id(), service.profile(), shape.first(), steps, firstReplicas(service)));
        }
        ScalingInputs inputs = chain.inputs();
        for (int step = 0; step < steps; step++) {
            Instant now = shape.first().plus(LoadShape.STEP.multipliedBy(step));
            if (forecaster.isPresent() && step % FORECAST_STEPS == 0) {
                forecasts = forecast(forecaster.get(), now);
                observer.made(now, forecasts);
            }
            if (step > 0) {
                decide(now, inputs);
            }
            pass(step, now);
        }
        return replayed.stream().map(ReplayedService::figures).toList();
    }

    /** As many as serve the beginning at half their capacity. */
    private int firstReplicas(WorldService service) {
        double demand = Double.isNaN(shape.perSecond()[0]) ? 0 : shape.perSecond()[0];
        for (Optional<ServiceCall> call = service.call(); call.isPresent(); ) {
            demand *= call.get().requestsPerRequest();
            call = services.get(call.get().caller()).call();
        }
        return (int) Math.max(
                1,
                Math.ceil((2 * demand - service.profile().beta())
                        / service.profile().alpha()));
    }

    private void pass(int step, Instant now) {
        double[] served = new double[replayed.size()];
        for (int i = 0; i < served.length; i++) {
            double demand = services.get(i)
                    .call()
                    .map(call -> call.requestsPerRequest() * served[call.caller()])
                    .orElse(shape.perSecond()[step]);
            double capacity = replayed.get(i).capacity(now);
            replayed.get(i).serve(demand, capacity);
            served[i] = Math.min(demand, capacity);
        }
    }

    /** In order of the services, as the request has an order of its own. */
    private List<Optional<DemandForecast>> forecast(DemandForecaster by, Instant now) {
        ForecastRequest past = past();
        List<Optional<DemandForecast>> made = by.forecast(past, new VirtualContext(now, new NoParameters()));
        List<String> ids = past.services().stream().map(ServiceHistory::service).toList();
        return services.stream()
                .map(service -> made.get(ids.indexOf(service.id())))
                .toList();
    }

    private ForecastRequest past() {
        List<ServiceHistory> histories = new ArrayList<>();
        for (int i = 0; i < replayed.size(); i++) {
            ReplayedService service = replayed.get(i);
            histories.add(new ServiceHistory(
                    GRAPH,
                    service.id(),
                    service.recent(Duration.ofHours(3)),
                    service.seasons(),
                    services.get(i).call().stream()
                            .map(call -> services.get(call.caller()).id())
                            .toList()));
        }
        return ForecastRequest.of(histories, HORIZON);
    }

    private void decide(Instant now, ScalingInputs inputs) {
        List<ScalingTarget> targets = new ArrayList<>();
        List<ServiceLoad> loads = new ArrayList<>();
        for (int i = 0; i < replayed.size(); i++) {
            ReplayedService service = replayed.get(i);
            targets.add(target(service, now, inputs));
            if (forecaster.isPresent()) {
                loads.add(new ServiceLoad(GRAPH, service.id(), service.measured(), forecasts.get(i)));
            }
        }
        ClusterCapacity cluster = ClusterCapacity.of(CLUSTER, new Resources(Resources.UNLIMITED, 0, 0, 0));
        ScalingRequest request = ScalingRequest.of(targets, List.of(cluster), loads);
        List<Answer> answers = chain.decide(request, now).answers();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Replicas decided) {
                service(request.targets().get(i).service()).decide(decided.replicas(), now, START_UP);
            }
        }
    }

    private ReplayedService service(String id) {
        return replayed.stream()
                .filter(service -> service.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static ScalingTarget target(ReplayedService service, Instant now, ScalingInputs inputs) {
        LoadSeries history = inputs.history().isZero() ? LoadSeries.EMPTY : service.recent(inputs.history());
        return ScalingTarget.builder(GRAPH, service.id(), CLUSTER)
                .perReplica(new Resources(1, 0, 0, 0))
                .replicas(service.replicas())
                .bounds(1, MOST_REPLICAS)
                .demand(service.measured())
                .measuredAt(Optional.of(now))
                .profile(service.profile())
                .sinceLastChange(service.sinceLastChange(now))
                .changes(service.changes(now))
                .history(history)
                .build();
    }
}
