// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import static eu.nephele.smo.core.strategies.StrategyHost.request;
import static eu.nephele.smo.core.strategies.StrategyHost.weights;
import static eu.nephele.smo.core.strategies.StrategyHost.wish;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Request before descriptor before project before configuration before built-in, recorded with the decision. */
class PrecedenceTest {
    private static final PlacementRequest DEPLOY = request(DecisionReason.DEPLOY);

    public record Weights(
            @Parameter(description = "re-placement", defaultValue = "0.5")
            double wRe,

            @Parameter(description = "deployment", defaultValue = "0.1")
            double wDep) {}

    private static final class Weighing implements PlacementStrategy {
        private final AtomicReference<Weights> seen;

        Weighing(AtomicReference<Weights> seen) {
            this.seen = seen;
        }

        @Override
        public Class<? extends Record> parametersType() {
            return Weights.class;
        }

        @Override
        public PlacementResult place(PlacementRequest request, DecisionContext context) {
            seen.set(context.parameters(Weights.class));
            return StrategyHost.placed(request, 0);
        }
    }

    private final AtomicReference<Weights> seen = new AtomicReference<>();
    private final StrategyHost strategyHost = new StrategyHost();

    @BeforeEach
    void stock() {
        List.of("auto", "first-fit", "mine", "other").forEach(id -> strategyHost.placement(id, new Weighing(seen)));
        List.of("moves", "carbon", "price").forEach(name -> strategyHost.objective(name, (request, costs) -> {}));
    }

    @AfterEach
    void close() {
        strategyHost.close();
    }

    private static StrategySettings with(
            StrategySettings old, String initial, Map<String, ObjectiveWeight> objectives) {
        return new StrategySettings(
                initial,
                old.weightedPlacement(),
                old.replacement(),
                old.fallbackPlacement(),
                old.scaling(),
                old.scalingParameters(),
                objectives,
                old.projectDefaults(),
                old.budgets(),
                old.poolSize(),
                old.missingWaitMillis(),
                StrategySettings.StrategyLimits.STANDARD);
    }

    private static StrategySettings withProject(StrategySettings old, StrategySelection placement) {
        return new StrategySettings(
                old.initialPlacement(),
                old.weightedPlacement(),
                old.replacement(),
                old.fallbackPlacement(),
                old.scaling(),
                old.scalingParameters(),
                old.objectives(),
                Map.of("p", new StrategyOverride(placement, StrategySelection.UNSPECIFIED)),
                old.budgets(),
                old.poolSize(),
                old.missingWaitMillis(),
                StrategySettings.StrategyLimits.STANDARD);
    }

    private static String said(PlacementOutcome outcome, String name) {
        return outcome.effective().stream()
                .filter(value -> value.name().equals(name))
                .map(value -> value.value().canonical().replace("\"", "") + " by " + value.source())
                .findFirst()
                .orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // request | descriptor | project | configuration || strategy | wRe
                "- | - | - | auto | auto by builtin | 0.5 by builtin",
                "- | - | - | first-fit | first-fit by configuration | 0.5 by builtin",
                "- | - | - | other | other by configuration | 0.5 by builtin",
                "- | - | mine wRe=3 | other | mine by project | 3 by project",
                "- | mine wRe=2 | other wRe=3 | other | mine by descriptor | 2 by descriptor",
                "- | mine | mine wRe=3 | other | mine by descriptor | 3 by project",
                "mine wRe=1 | mine wRe=2 | mine wRe=3 | other | mine by request | 1 by request",
                "'' wRe=1 | mine wRe=2 | - | other | mine by descriptor | 1 by request",
                "'' wRe=1 | - | - | other | other by configuration | 1 by request",
                "other | mine wRe=2 | mine wRe=3 | mine | other by request | 0.5 by builtin"
            })
    void theMostImportantLevelThatSpeaksOfTheStrategyWins(
            String byRequest, String byDescriptor, String byProject, String configured, String strategy, String wRe) {
        strategyHost.configure(settings -> with(settings, configured, settings.objectives()));
        if (byProject != null) {
            strategyHost.configure(settings ->
                    withProject(settings, level("project", byProject).selection()));
        }
        List<SourcedSelection> wishes = new ArrayList<>();
        if (byRequest != null) {
            wishes.add(level("request", byRequest));
        }
        if (byDescriptor != null) {
            wishes.add(level("descriptor", byDescriptor));
        }
        PlacementOutcome outcome = strategyHost.strategies.placement().decide(DEPLOY, wishes, Map.of());
        assertThat(said(outcome, "strategy")).isEqualTo(strategy);
        assertThat(said(outcome, "parameters.wRe")).isEqualTo(wRe);
        assertThat(seen.get()).isEqualTo(new Weights(Double.parseDouble(wRe.substring(0, wRe.indexOf(' '))), 0.1));
        assertThat(said(outcome, "parameters.wDep")).isEqualTo("0.1 by builtin");
    }

    private static SourcedSelection level(String source, String text) {
        String[] parts = text.replace("'", "").split(" ", -1);
        String parameters = parts.length == 1 ? "{}" : "{'wRe':%s}".formatted(parts[1].substring("wRe=".length()));
        return wish(source, parts[0], "", parameters);
    }

    @Test
    void anExplicitMapOfWeightsReplacesWhatIsBelowAndIntentsAddToIt() {
        PlacementOutcome outcome = strategyHost
                .strategies
                .placement()
                .decide(
                        DEPLOY,
                        List.of(
                                weights("request", Map.of("carbon", ObjectiveWeight.of(0.6))),
                                weights("descriptor", Map.of("price", ObjectiveWeight.of(2)))),
                        Map.of("carbon", ObjectiveWeight.of(9), "moves", new ObjectiveWeight(3, 1)));
        assertThat(said(outcome, "objectives.carbon")).isEqualTo("0.6 by request");
        assertThat(said(outcome, "objectives.price")).isEqualTo("nothing");
        assertThat(said(outcome, "objectives.moves")).isEqualTo("{level:1,weight:3} by intent");
    }

    @Test
    void weightsOfIntentsAreNormalisedWhereTheMapIsThatTheyAreAddedTo() {
        PlacementOutcome outcome = strategyHost
                .strategies
                .placement()
                .decide(
                        DEPLOY,
                        List.of(weights("descriptor", Map.of("carbon", new ObjectiveWeight(0.6, 0, true)))),
                        Map.of("moves", ObjectiveWeight.of(0.3)));
        assertThat(said(outcome, "objectives.carbon")).isEqualTo("{level:0,normalised:true,weight:0.6} by descriptor");
        assertThat(said(outcome, "objectives.moves")).isEqualTo("{level:0,normalised:true,weight:0.3} by intent");
    }

    @Test
    void aPlainMapReplacesANormalisedOneTogetherWithItsMeaning() {
        PlacementOutcome outcome = strategyHost
                .strategies
                .placement()
                .decide(
                        DEPLOY,
                        List.of(
                                weights("request", Map.of("carbon", ObjectiveWeight.of(0.6))),
                                weights("descriptor", Map.of("price", new ObjectiveWeight(1, 0, true)))),
                        Map.of("moves", ObjectiveWeight.of(3)));
        assertThat(said(outcome, "objectives.carbon")).isEqualTo("0.6 by request");
        assertThat(said(outcome, "objectives.moves")).isEqualTo("3 by intent");
    }

    @Test
    void intentsWinOverTheConfigurationNameByName() {
        strategyHost.configure(settings ->
                with(settings, "mine", Map.of("moves", ObjectiveWeight.of(5), "price", ObjectiveWeight.of(1))));
        PlacementOutcome outcome =
                strategyHost.strategies.placement().decide(DEPLOY, List.of(), Map.of("moves", ObjectiveWeight.of(7)));
        assertThat(said(outcome, "objectives.moves")).isEqualTo("7 by intent");
        assertThat(said(outcome, "objectives.price")).isEqualTo("1 by configuration");
    }

    @Test
    void anExplicitEmptyMapMeansNone() {
        PlacementOutcome outcome = strategyHost
                .strategies
                .placement()
                .decide(
                        DEPLOY,
                        List.of(wish("request", "mine"), weights("request", Map.of())),
                        Map.of("moves", ObjectiveWeight.of(7)));
        assertThat(outcome.effective()).noneMatch(value -> value.name().startsWith("objectives."));
        assertThat(outcome.terms()).isEmpty();
        assertThat(outcome.request().costs()).hasSize(1);
    }

    @Test
    void aChangeOfTheConfigurationCountsFromTheNextDecisionOn() {
        assertThat(said(strategyHost.decide(DEPLOY), "objectives.moves")).isEqualTo("1 by builtin");
        strategyHost.configure(settings -> with(settings, "mine", Map.of("moves", ObjectiveWeight.of(5))));
        PlacementOutcome outcome = strategyHost.decide(DEPLOY);
        assertThat(said(outcome, "objectives.moves")).isEqualTo("5 by configuration");
        assertThat(said(outcome, "strategy")).isEqualTo("mine by configuration");
    }

    @Test
    void parametersThatTheStrategyDoesNotTakeLetTheFallbackDecide() {
        PlacementOutcome outcome = strategyHost.decide(DEPLOY, wish("request", "mine", "", "{'wRe':'much'}"));
        assertThat(outcome.decidedBy().id()).isEqualTo("first-fit");
        assertThat(outcome.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.what()).isEqualTo("incapable");
            assertThat(fault.message()).contains("/parameters/wRe");
        });
    }
}
