// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.AuditTrail;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.Default;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledIntent;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledObjective;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledStrategy;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstalledCatalogTest {
    public record Limits(
            @Parameter(description = "tries", defaultValue = "3", min = 1)
            int tries) {}

    private static final class Limited implements PlacementStrategy {
        @Override
        public Class<? extends Record> parametersType() {
            return Limits.class;
        }

        @Override
        public PlacementResult place(PlacementRequest request, DecisionContext context) {
            return StrategyHost.placed(request, 0);
        }
    }

    private static final class Colours implements IntentHandler {
        @Override
        public Set<Scope> scopes(String name) {
            return Set.of(Scope.GRAPH);
        }

        @Override
        public JsonObject schema(String name, Scope scope) {
            return StrategyHost.json("{'type':'string'}");
        }

        @Override
        public void apply(Intent intent, Requirements requirements) {
            requirements.warn(intent.name());
        }
    }

    private final StrategyHost strategyHost = new StrategyHost();
    private final StrategyCatalog catalog = strategyHost.strategies.catalog();

    @BeforeEach
    void stock() {
        strategyHost.placement("limited", "1.0.0", new Limited());
        strategyHost.placement("limited", "2.0.0", new Limited(), PlacementStrategy.LEVELS);
        strategyHost.scaling("s", "1.0.0", (request, context) -> new ScalingResult(List.of()));
        strategyHost.objective("moves", (request, costs) -> {});
        strategyHost.intent(new Colours(), "colour", "shade");
    }

    @AfterEach
    void close() {
        strategyHost.close();
    }

    @Test
    void listsWhatIsInstalledInAllVersions() {
        assertThat(catalog.strategies())
                .extracting(InstalledStrategy::ref, InstalledStrategy::preferred, InstalledStrategy::capabilities)
                .containsExactly(
                        tuple(new StrategyRef("placement", "limited", "2.0.0"), true, Set.of("levels")),
                        tuple(new StrategyRef("placement", "limited", "1.0.0"), false, Set.of()),
                        tuple(new StrategyRef("scaling", "s", "1.0.0"), true, Set.of()));
        assertThat(catalog.strategies().get(0).parametersSchema().canonical()).contains("\"minimum\":1");
        assertThat(catalog.objectives())
                .containsExactly(new InstalledObjective("moves", "moves units", "program", "0.0.0", 1));
        assertThat(catalog.intents()).extracting(InstalledIntent::name).containsExactly("colour", "shade");
        assertThat(catalog.intents().get(0).schemas())
                .isEqualTo(Map.of(IntentHandler.Scope.GRAPH, StrategyHost.json("{'type':'string'}")));
    }

    @Test
    void saysWhichDefaultsHaveNoEffectAndWhy() {
        strategyHost.configure(settings -> new StrategySettings(
                "doesnotexist",
                "limited",
                "limited",
                "limited",
                Optional.of("s"),
                StrategyHost.json("{'tires':1}"),
                Map.of("carbn", ObjectiveWeight.of(2)),
                Map.of("p", new StrategyOverride(StrategySelection.ofId("limitde"), StrategySelection.UNSPECIFIED)),
                settings.budgets(),
                1,
                0,
                StrategySettings.StrategyLimits.STANDARD));

        assertThat(catalog.defaults(CallContext.INTERNAL))
                .filteredOn(each -> !each.remark().isEmpty())
                .extracting(Default::key, Default::value, Default::configured)
                .containsExactly(
                        tuple("initialPlacement", "doesnotexist", true),
                        tuple("scaling", "s", true),
                        tuple("objectives", "carbn=2.0", true),
                        tuple("projectDefaults", "p: placement limitde, scaling -", true));
        assertThat(catalog.defaults(CallContext.INTERNAL).get(0).remark())
                .contains("'doesnotexist' is installed; installed are [limited]");
    }

    /** ADR 0056 */
    @Test
    void aDefaultIsListedOnlyForCallersWhoMaySeeIt() {
        List<String> asked = new ArrayList<>();
        CallContext eve = CallContext.of("eve", "10.0.0.7", Set.of(), "call-1");
        StrategyCatalog guarded = new InstalledCatalog(
                strategyHost.strategies.registry(), strategyHost.settings::get, new AccessControl() {
                    @Override
                    public Permissions permissions() {
                        return new Permissions() {
                            @Override
                            public boolean allow(CallContext call, Verb verb, ResourceRef target) {
                                asked.add(verb + " " + target);
                                return call.equals(eve) && target.name().equals("replacement");
                            }

                            @Override
                            public boolean allowIn(CallContext call, Verb verb, String kind, String project) {
                                return false;
                            }
                        };
                    }

                    @Override
                    public AuditTrail audit() {
                        return entry -> {};
                    }
                });

        assertThat(guarded.defaults(eve)).extracting(Default::key).containsExactly("replacement");
        assertThat(asked).contains("READ default/initialPlacement", "READ default/objectives");
        assertThat(guarded.defaults(CallContext.INTERNAL)).hasSameSizeAs(catalog.defaults(CallContext.INTERNAL));
    }

    @Test
    void whatIsBuiltInIsNotConfigured() {
        strategyHost.configure(settings -> StrategySettings.DEFAULTS);

        assertThat(catalog.defaults(CallContext.INTERNAL)).noneMatch(Default::configured);
    }

    /** Judged before it is written, and read as the configuration is. */
    @Test
    void aDefaultIsJudgedBeforeItIsSet() {
        assertThat(catalog.defaultWith("initialPlacement", " limited "))
                .isEqualTo(new Default("initialPlacement", "limited", true, ""));
        assertThat(catalog.defaultWith("initialPlacement", "").remark()).contains("expected the id");
        assertThat(catalog.defaultWith("initialPlacement", "limitde").remark()).contains("'limitde' is installed");
        assertThat(catalog.defaultWith("scaling", "").remark()).isEmpty();
        assertThat(catalog.defaultWith("objectives", "moves=2"))
                .isEqualTo(new Default("objectives", "moves=2.0", true, ""));
        assertThat(catalog.defaultWith("normalised", "true")).isEqualTo(new Default("normalised", "true", true, ""));
        assertThat(catalog.defaultWith("normalised", "yes").remark()).contains("expected true or false");
        assertThat(catalog.defaultWith("objectives", "moves").remark()).contains("expected name=weight");
        assertThat(catalog.defaultWith("objectives", "moves=many").remark()).contains("expected name=weight");
        assertThatIllegalArgumentException().isThrownBy(() -> catalog.defaultWith("poolSize", "4"));
    }

    @Test
    void theRevisionChangesWithServicesAndWithDefaultWeights() {
        long first = catalog.revision();
        assertThat(catalog.revision()).isEqualTo(first);
        strategyHost.objective("carbon", (request, costs) -> {}).close();
        long second = catalog.revision();
        assertThat(second).isGreaterThan(first);
        strategyHost.configure(settings -> StrategySettings.DEFAULTS);
        assertThat(catalog.revision()).isGreaterThan(second);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "limited; ``; {}; ``; ``",
                "limited; [1,2); {'tries':2}; ``; ``",
                "limitde; ``; {}; /s/id; installed are [limited]",
                "limited; [3,4); {}; /s/version; installed are [2.0.0, 1.0.0]",
                "limited; newest; {}; /s/version; expected a version range",
                "limited; ``; {'tries':0}; /s/parameters/tries; out of bounds",
                "limited; ``; {'tires':1}; /s/parameters/tires; known are [tries]"
            })
    void anUnknownNameIsRefusedWithTheListOfKnownOnes(
            String id, String version, String parameters, String pointer, String message) {
        StrategySelection selection =
                StrategyHost.wish("descriptor", id, version, parameters).selection();
        List<Violation> violations = catalog.check(StrategyRef.PLACEMENT, selection, "/s");
        if (pointer.isEmpty()) {
            assertThat(violations).isEmpty();
        } else {
            assertThat(violations).singleElement().satisfies(violation -> {
                assertThat(violation.pointer()).isEqualTo(pointer);
                assertThat(violation.message()).contains(message);
            });
        }
    }

    @Test
    void anOptionalStrategyMayBeMissingAnObjectiveMayNot() {
        StrategySelection optional = new StrategySelection(
                Optional.of("later"),
                Optional.empty(),
                StrategyHost.json("{'any':1}"),
                true,
                Optional.of(Map.of("moves", ObjectiveWeight.of(1), "cost/h", ObjectiveWeight.of(1))),
                OptionalInt.empty());
        assertThat(catalog.check(StrategyRef.PLACEMENT, optional, "/s"))
                .extracting(Violation::pointer)
                .containsExactly("/s/objectives/cost~1h");
    }

    @Test
    void whatWasEjectedCountsAsNotInstalledAndTheReasonIsSaid() {
        strategyHost
                .strategies
                .control()
                .eject(new StrategyRef("scaling", "s", "1.0.0"), "too hasty", CallContext.INTERNAL);
        strategyHost
                .strategies
                .control()
                .eject(new StrategyRef("placement", "limited", "2.0.0"), "too slow", CallContext.INTERNAL);
        strategyHost
                .strategies
                .control()
                .eject(new StrategyRef("objective", "moves", "0.0.0"), "no sense", CallContext.INTERNAL);
        assertThat(catalog.strategies())
                .extracting(InstalledStrategy::ref)
                .extracting(StrategyRef::version)
                .containsExactly("1.0.0");
        assertThat(catalog.check(StrategyRef.SCALING, StrategySelection.ofId("s"), "/s"))
                .containsExactly(
                        new Violation(
                                "/s/id",
                                "no scaling strategy 's' is installed; installed are []; not in use: s 1.0.0 (ejected: too hasty)"));
        assertThat(catalog.check(
                        StrategyRef.PLACEMENT,
                        StrategyHost.wish("d", "limited", "[2,3)", "{}").selection(),
                        "/p"))
                .containsExactly(new Violation(
                        "/p/version",
                        "no such version of limited is installed; installed are [1.0.0]; "
                                + "not in use: limited 2.0.0 (ejected: too slow)"));
        assertThat(catalog.check(
                        StrategyRef.PLACEMENT,
                        StrategyHost.weights("d", Map.of("moves", ObjectiveWeight.of(1)))
                                .selection(),
                        "/p"))
                .extracting(Violation::message)
                .containsExactly("no objective 'moves' is installed; installed are []; "
                        + "not in use: moves 0.0.0 (ejected: no sense)");
    }

    @Test
    void kindsHaveNamesOfTheirOwn() {
        assertThat(catalog.check(StrategyRef.SCALING, StrategySelection.ofId("limited"), ""))
                .extracting(Violation::message)
                .containsExactly("no scaling strategy 'limited' is installed; installed are [s]");
    }
}
