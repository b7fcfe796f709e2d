// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.kit;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.lab.conformance.Check;
import eu.nephele.smo.lab.conformance.Check.Result;
import eu.nephele.smo.lab.conformance.forecast.ForecasterChecks;
import eu.nephele.smo.lab.conformance.intent.IntentChecks;
import eu.nephele.smo.lab.conformance.objective.ObjectiveChecks;
import eu.nephele.smo.lab.conformance.parameters.StrategyParameters;
import eu.nephele.smo.lab.conformance.placement.PlacementChecks;
import eu.nephele.smo.lab.conformance.resource.ControllerChecks;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import eu.nephele.smo.lab.conformance.scaling.ScalingChecks;
import eu.nephele.smo.lab.conformance.scaling.WrapperChecks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** One examination of one service: determines its kind and assembles its checks. */
final class PluginExamination {

    private final Object service;
    private final Map<String, ?> properties;
    private final Optional<Record> chosen;
    private final ExaminationSession session;

    PluginExamination(Object service, Map<String, ?> properties, Optional<Record> chosen, Duration total) {
        this.service = service;
        this.properties = properties;
        this.chosen = chosen;
        this.session = new ExaminationSession(total, service);
    }

    List<Check> run() {
        List<Check> checks = new ArrayList<>();
        checks.add(PluginPublication.check(service, properties));
        if (service instanceof PlacementStrategy strategy) {
            List<String> capabilities = texts(PlacementStrategy.CAPABILITIES);
            checks.addAll(strategy(
                    strategy::parametersType, chosen -> new PlacementChecks(strategy, chosen, capabilities).all()));
        }
        if (service instanceof ScalingStrategy strategy) {
            List<String> capabilities = texts(ScalingStrategy.CAPABILITIES);
            checks.addAll(strategy(strategy::parametersType, chosen -> scaling(strategy, chosen, capabilities)));
        }
        if (service instanceof DemandForecaster forecaster) {
            checks.addAll(session.run(new ForecasterChecks(forecaster).all()));
        }
        if (service instanceof PlacementObjective objective) {
            checks.addAll(session.run(new ObjectiveChecks(objective).all()));
        }
        if (service instanceof IntentHandler handler) {
            checks.addAll(session.run(new IntentChecks(handler, texts(IntentHandler.NAME)).all()));
        }
        if (service instanceof ResourceController controller) {
            checks.addAll(session.run(new ControllerChecks(controller, texts(ResourceController.KIND)).all()));
        }
        return checks;
    }

    /** One that builds on another decides nothing itself, unless that is missing. */
    private static List<NamedCheck> scaling(ScalingStrategy strategy, Record chosen, List<String> capabilities) {
        List<NamedCheck> checks = new ArrayList<>(new ScalingChecks(strategy, chosen, capabilities).all());
        if (strategy instanceof ScalingWrapper wrapper) {
            checks.addAll(new WrapperChecks(wrapper, chosen).all());
        }
        return checks;
    }

    private List<String> texts(String property) {
        return PluginPublication.texts(properties.get(property));
    }

    /** Without parameters no other check of a strategy is possible. */
    private List<Check> strategy(
            Callable<Class<? extends Record>> type, Function<Record, List<NamedCheck>> otherChecks) {
        Optional<String> declared =
                texts(PlacementStrategy.EXAMINED_WITH).stream().findFirst();
        StrategyParameters parameters = new StrategyParameters(type, chosen, declared);
        Check first = session.run(List.of(parameters.check())).get(0);
        if (first.result() == Result.FAILED) {
            session.giveUp("not tried: it cannot be given parameters");
        }
        List<Check> checks = new ArrayList<>(List.of(first));
        checks.addAll(session.run(otherChecks.apply(parameters.value())));
        return checks;
    }
}
