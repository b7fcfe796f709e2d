// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.journal.StoredJournal;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.placement.anytime.AnytimeStrategy;
import eu.nephele.smo.placement.greedy.GreedyStrategy;
import eu.nephele.smo.placement.objectives.BalanceObjective;
import eu.nephele.smo.placement.objectives.LatencyObjective;
import eu.nephele.smo.placement.objectives.MovesObjective;
import eu.nephele.smo.placement.objectives.PriceObjective;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Recorded placements are recomputed from what is recorded: true ones are accepted, and none that was falsified.
 * {@code -Dsmo.verified.decisions=10000} tries more of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifiedDecisionsTest {

    private static final int DECISIONS = Integer.getInteger("smo.verified.decisions", 600);
    /** So many of each kind, if as many can be falsified: proofs by prices alone are rare. */
    private static final int FALSIFIED = 10 + DECISIONS / 60;

    private static final String WEAKER = "weaker: ";
    private static final GraphId GRAPH = new GraphId("p", "g");
    private static final List<SourcedSelection> STRATEGIES = List.of(selection("anytime"), selection("greedy"));

    private StrategyModule strategies;
    private StoredJournal journal;
    private final AtomicReference<Optional<DecisionRecord>> stored = new AtomicReference<>(Optional.empty());

    private static SourcedSelection selection(String id) {
        return new SourcedSelection("request", StrategySelection.ofId(id));
    }

    @BeforeAll
    void start() {
        strategies = StrategyModule.create(() -> StrategySettings.DEFAULTS, Clock.systemUTC(), MetricsRecorder.NONE);
        strategies
                .registry()
                .add(
                        new AnytimeStrategy(),
                        Map.of(
                                PlacementStrategy.ID,
                                "anytime",
                                PlacementStrategy.CAPABILITIES,
                                List.of(PlacementStrategy.LEVELS, PlacementStrategy.SPLITS)));
        strategies.registry().add(new GreedyStrategy(), Map.of(PlacementStrategy.ID, "greedy"));
        objective(new MovesObjective(), "moves");
        objective(new BalanceObjective(), "balance");
        objective(new PriceObjective(), "price");
        objective(new LatencyObjective(), "latency");
        DecisionStore store = (DecisionStore) Proxy.newProxyInstance(
                DecisionStore.class.getClassLoader(), new Class<?>[] {DecisionStore.class}, (proxy, method, values) -> {
                    assertThat(method.getName()).isEqualTo("find");
                    return stored.get();
                });
        journal = new StoredJournal(
                new StoredJournal.JournalSettings(Duration.ofDays(1), 1, Duration.ofDays(1), 10, 10, Duration.ZERO),
                store,
                strategies.pricing(),
                Optional.of(strategies.catalog()),
                Optional.empty(),
                MetricsRecorder.NONE,
                Clock.systemUTC());
    }

    private void objective(PlacementObjective objective, String name) {
        strategies.registry().add(objective, Map.of(PlacementObjective.NAME, name));
    }

    @AfterAll
    void end() {
        strategies.close();
    }

    @Test
    void everyTrueDecisionIsAccepted() {
        Map<String, Integer> bounds = new TreeMap<>();
        int placed = 0;
        int notVerifiable = 0;
        for (int seed = 0; placed < DECISIONS; seed++) {
            DecisionRecord record = decide(seed);
            String verdict = verdict(record);
            Optional<String> boundBy = boundBy(record);
            boolean treeTooLargeToKeep =
                    verdict.equals("bound by search, not verifiable") && boundBy.equals(Optional.of("search"));
            if (treeTooLargeToKeep) {
                notVerifiable++;
            } else {
                assertThat(verdict)
                        .as("seed %d: %s", seed, verified(record).toJson())
                        .isEqualTo(record.outcome().equals("placed") ? "verified" : "not tried");
            }
            placed += verdict.equals("verified") ? 1 : 0;
            boundBy.ifPresent(by -> bounds.merge(by, 1, Integer::sum));
        }
        System.out.println("{\"decisions\": %d, \"notVerifiable\": %d, \"bounds\": \"%s\"}"
                .formatted(placed, notVerifiable, bounds));
        assertThat(bounds.get("proof")).isGreaterThan(DECISIONS / 3);
        assertThat(bounds.get("search")).isLessThan(DECISIONS / 20);
        assertThat(notVerifiable)
                .as("optimal by a tree that is too large to keep")
                .isLessThanOrEqualTo(DECISIONS / 1_000);
    }

    @Test
    void everyKindOfFalsificationIsFound() {
        Map<String, UnaryOperator<JsonObject>> kinds = falsifications();
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(20);
        Map<String, Integer> tried = new TreeMap<>();
        Map<String, Integer> found = new TreeMap<>();
        for (int seed = 0; seed < 800; seed++) {
            DecisionRecord record = decide(seed);
            if (!verdict(record).equals("verified") || !record.outcome().equals("placed")) {
                continue;
            }
            for (Map.Entry<String, UnaryOperator<JsonObject>> kind : kinds.entrySet()) {
                JsonObject details = kind.getValue().apply(record.details());
                if (!details.equals(record.details()) && tried.merge(kind.getKey(), 1, Integer::sum) <= FALSIFIED) {
                    DecisionRecord falsified = with(record, details);
                    boolean rejected = verdict(falsified).equals("rejected");
                    // what proves less may prove enough
                    assertThat(rejected || kind.getKey().startsWith(WEAKER))
                            .as(
                                    "seed %d, %s: %s",
                                    seed, kind.getKey(), verified(falsified).toJson())
                            .isTrue();
                    found.merge(kind.getKey(), rejected ? 1 : 0, Integer::sum);
                }
            }
        }
        System.out.println("{\"falsified\": \"%s\"}".formatted(found));
        assertThat(found)
                .containsOnlyKeys(kinds.keySet())
                .allSatisfy((kind, times) -> assertThat(times).as(kind).isPositive());
    }

    private DecisionRecord decide(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PlacementRequest request = problem(random);
        Map<String, ObjectiveWeight> weights = new TreeMap<>();
        weights.put("moves", ObjectiveWeight.of(random.nextInt(3)));
        weights.put("price", ObjectiveWeight.of(1 + random.nextDouble()));
        weights.put("balance", ObjectiveWeight.of(random.nextInt(2)));
        weights.put("latency", ObjectiveWeight.of(random.nextInt(3) == 0 ? 0.3 : 0));
        SourcedSelection strategy = STRATEGIES.get(random.nextInt(10) == 0 ? 1 : 0);
        return journal.recordOf(strategies.placement().decide(request, List.of(strategy), weights), 1);
    }

    /** Few to some services on a few clusters, tight or not, with whatever a problem may have. */
    private static PlacementRequest problem(SplittableRandom random) {
        int services = 1 + random.nextInt(random.nextInt(20) == 0 ? 10 : 5);
        int clusters = 2 + random.nextInt(4);
        List<PlacementService> rows = IntStream.range(0, services)
                .mapToObj(s -> new PlacementService(
                        "s" + s,
                        new Resources(100L * (1 + random.nextInt(20)), (1L << 26) * (1 + random.nextInt(16)), 0, 0),
                        1 + random.nextInt(4),
                        random.nextInt(8) == 0 ? division(random) : ReplicaDivision.WHOLE))
                .map(row -> new PlacementService(
                        row.id(), row.perReplica(), row.division().atLeast(row.replicas()), row.division()))
                .toList();
        long cpu = rows.stream().mapToLong(row -> row.demand().cpuMillis()).sum();
        double room = 1.3 + random.nextDouble() * 2;
        List<ClusterCapacity> columns = IntStream.range(0, clusters)
                .mapToObj(c -> new ClusterCapacity(
                        new ClusterId("sim", "c" + c),
                        new Resources((long) (cpu * room / clusters) + random.nextInt(300), 1L << 33, 0, 0),
                        new Resources(2 * cpu, 1L << 36, 0, 0),
                        random.nextBoolean(),
                        Map.of(),
                        EnergyProfile.UNKNOWN,
                        new ClusterSignals(
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.of(0.01 * (1 + random.nextInt(99))),
                                List.of())))
                .toList();
        PlacementRequestBuilder builder = new PlacementRequestBuilder(GRAPH, DecisionReason.REPLACE, rows, columns);
        for (int s = 0; s < services; s++) {
            if (random.nextInt(3) == 0) {
                builder.current(s, random.nextInt(clusters));
            }
            if (random.nextInt(6) == 0) {
                builder.forbid(s, random.nextInt(clusters), "not there");
            }
            int other = random.nextInt(services);
            if (other != s && random.nextInt(3) == 0) {
                builder.link(new PlacementLink(s, other, 0.5 + random.nextInt(3), OptionalDouble.empty()));
            }
            if (other != s && random.nextInt(9) == 0) {
                builder.apart(s, other);
            }
            if (other != s && random.nextInt(12) == 0) {
                builder.together(List.of(s, other));
            }
        }
        for (int from = 0; from < clusters; from++) {
            for (int to = 0; to < clusters; to++) {
                builder.latency(from, to, from == to ? 0 : 5 * (1 + random.nextInt(9)));
            }
        }
        return builder.build();
    }

    private static ReplicaDivision division(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> ReplicaDivision.over(2);
            case 1 -> new ReplicaDivision(2, 1, 3, 0, Proportion.FREE_CAPACITY, Map.of());
            default -> new ReplicaDivision(2, 1, 9, 0, Proportion.WEIGHTS, Map.of("c0", 2, "c1", 1));
        };
    }

    private String verdict(DecisionRecord record) {
        return verified(record).get("verdict").flatMap(JsonValue::asString).orElseThrow();
    }

    private JsonObject verified(DecisionRecord record) {
        stored.set(Optional.of(record));
        return journal.verify(GRAPH, record.id()).orElseThrow();
    }

    private static Optional<String> boundBy(DecisionRecord record) {
        return object(record.details(), "quality").get("boundBy").flatMap(JsonValue::asString);
    }

    private static DecisionRecord with(DecisionRecord record, JsonObject details) {
        return new DecisionRecord(
                record.id(),
                record.kind(),
                record.graph(),
                record.generation(),
                record.at(),
                record.reason(),
                record.strategy(),
                record.outcome(),
                record.fallback(),
                record.duration(),
                record.inputs(),
                details);
    }

    /** Each changes a record in which there is something of its kind to falsify, and leaves others as they are. */
    private static Map<String, UnaryOperator<JsonObject>> falsifications() {
        Map<String, UnaryOperator<JsonObject>> kinds = new LinkedHashMap<>();
        kinds.put("cost lower", quality("valueMicros", value -> value > 1 ? value - 1 : value));
        kinds.put("cost higher", quality("valueMicros", value -> value + 1));
        kinds.put(
                "bound above the cost",
                details -> with(details, "quality", quality -> quality.get("lowerBoundMicros")
                        .map(any -> quality.with("lowerBoundMicros", plus(quality, "valueMicros", 1)))
                        .orElse(quality)));
        kinds.put(
                "bound lower although optimal",
                details -> with(
                        details,
                        "quality",
                        quality -> isOptimal(quality) && number(quality, "lowerBoundMicros") > 0
                                ? quality.with("lowerBoundMicros", plus(quality, "lowerBoundMicros", -1))
                                : quality));
        kinds.put(
                "optimal without a bound",
                details -> with(
                        details,
                        "quality",
                        quality -> isOptimal(quality) ? without(quality, "lowerBoundMicros") : quality));
        kinds.put(
                "optimal by a heuristic",
                details -> with(
                        details,
                        "quality",
                        quality -> quality.get("lowerBoundMicros").isEmpty()
                                ? quality.with("stop", new JsonString("proven_optimal"))
                                : quality));
        kinds.put(
                WEAKER + "bound without the proof that it needs",
                details -> with(
                        details,
                        "quality",
                        quality -> isByProof(quality)
                                ? without(quality, "proof").with("boundBy", new JsonString("root"))
                                : quality));
        kinds.put(
                "proof of a higher bound than it proves",
                proof(proof -> proof.with(
                        "boundMicros", plus(proof, "boundMicros", number(proof, "boundMicros") / 2 + 1_000_000))));
        kinds.put(
                "proof of a lower bound than is claimed",
                proof(proof -> number(proof, "boundMicros") > 0
                        ? proof.with("boundMicros", plus(proof, "boundMicros", -1))
                        : proof));
        kinds.put(WEAKER + "proof without prices and tree", proof(proof -> proof.with("prices", JsonObject.EMPTY)
                .with("tree", new JsonArray(List.of()))));
        kinds.put("negative price", prices(prices -> changed(prices, "mantissas", -5)));
        kinds.put(WEAKER + "huge prices", prices(prices -> changed(prices, "mantissas", 1L << 50)));
        kinds.put("too large a shift", prices(prices -> changed(prices, "shifts", 70)));
        kinds.put("price of no cluster", prices(prices -> appended(appended(prices, "mantissas"), "shifts")));
        kinds.put("more prices than shifts", prices(prices -> appended(prices, "mantissas")));
        kinds.put("tree cut off", tree(tree -> tree.subList(0, tree.size() - 1)));
        kinds.put(
                WEAKER + "tree without its children",
                tree(tree -> tree.size() > 2 ? List.of(tree.get(0), number(0)) : tree));
        kinds.put("tree with more numbers", tree(tree -> plusNumber(tree, 0)));
        kinds.put("tree with an item that is not there", tree(tree -> replaced(tree, 0, 999)));
        kinds.put("tree with a negative item", tree(tree -> replaced(tree, 0, -1)));
        kinds.put(
                "tree with a cluster that is not there", tree(tree -> tree.size() > 2 ? replaced(tree, 2, 77) : tree));
        kinds.put(
                "tree that branches on an item twice",
                tree(tree -> tree.size() > 3 ? replaced(tree, 3, (int) value(tree.get(0))) : tree));
        kinds.put(
                "service left out",
                details -> with(
                        details,
                        "placement",
                        placement -> without(
                                placement,
                                placement.members().keySet().iterator().next())));
        kinds.put("service on a cluster that is not there", share("cluster", new JsonString("sim/nowhere")));
        kinds.put("replicas left out", share("replicas", number(0)));
        kinds.put("objective cheaper", term("value", number(-1)));
        kinds.put("objective with another weight", term("weight", number(17)));
        kinds.put("objective that was not priced", term("objective", new JsonString("latency")));
        return kinds;
    }

    private static boolean isOptimal(JsonObject quality) {
        return quality.get("stop").equals(Optional.of(new JsonString("proven_optimal")));
    }

    private static boolean isByProof(JsonObject quality) {
        return quality.get("boundBy").equals(Optional.of(new JsonString("proof")));
    }

    private static UnaryOperator<JsonObject> quality(String member, java.util.function.LongUnaryOperator change) {
        return details -> with(details, "quality", quality -> quality.get(member)
                .map(any -> quality.with(member, number(change.applyAsLong(number(quality, member)))))
                .orElse(quality));
    }

    /** Of proofs that a claimed bound needs. */
    private static UnaryOperator<JsonObject> proof(UnaryOperator<JsonObject> change) {
        return details ->
                with(details, "quality", quality -> isByProof(quality) ? with(quality, "proof", change) : quality);
    }

    private static UnaryOperator<JsonObject> prices(UnaryOperator<JsonObject> change) {
        return proof(proof -> with(
                proof,
                "prices",
                prices -> prices.members().isEmpty()
                        ? prices
                        : with(prices, prices.members().keySet().iterator().next(), change)));
    }

    private static UnaryOperator<JsonObject> tree(UnaryOperator<List<JsonValue>> change) {
        return proof(proof -> {
            List<JsonValue> tree = proof.get("tree").flatMap(JsonValue::asArray).orElse(List.of());
            return tree.isEmpty() ? proof : proof.with("tree", new JsonArray(change.apply(tree)));
        });
    }

    private static UnaryOperator<JsonObject> share(String member, JsonValue value) {
        return details -> with(details, "placement", placement -> {
            String first = placement.members().keySet().iterator().next();
            List<JsonValue> shares = new ArrayList<>(
                    placement.get(first).flatMap(JsonValue::asArray).orElseThrow());
            shares.set(0, shares.get(0).asObject().orElseThrow().with(member, value));
            return placement.with(first, new JsonArray(shares));
        });
    }

    private static UnaryOperator<JsonObject> term(String member, JsonValue value) {
        return details -> {
            List<JsonValue> terms = new ArrayList<>(
                    details.get("terms").flatMap(JsonValue::asArray).orElse(List.of()));
            if (terms.isEmpty()
                    || !details.get("quality")
                            .flatMap(JsonValue::asObject)
                            .map(VerifiedDecisionsTest::isOptimal)
                            .orElse(false)) {
                return details;
            }
            int last = terms.size() - 1;
            JsonObject term = terms.get(last).asObject().orElseThrow();
            if (number(term, "value") == 0) {
                return details;
            }
            terms.set(last, term.with(member, value));
            return details.with("terms", new JsonArray(terms));
        };
    }

    private static JsonObject changed(JsonObject prices, String member, long number) {
        List<JsonValue> numbers =
                new ArrayList<>(prices.get(member).flatMap(JsonValue::asArray).orElseThrow());
        numbers.replaceAll(old -> number(number));
        return prices.with(member, new JsonArray(numbers));
    }

    private static JsonObject appended(JsonObject prices, String member) {
        return prices.with(
                member,
                new JsonArray(plusNumber(
                        prices.get(member).flatMap(JsonValue::asArray).orElseThrow(), 1)));
    }

    private static List<JsonValue> plusNumber(List<JsonValue> numbers, int number) {
        List<JsonValue> more = new ArrayList<>(numbers);
        more.add(number(number));
        return more;
    }

    private static List<JsonValue> replaced(List<JsonValue> numbers, int index, int number) {
        List<JsonValue> other = new ArrayList<>(numbers);
        other.set(index, number(number));
        return other;
    }

    private static JsonObject with(JsonObject of, String member, UnaryOperator<JsonObject> change) {
        return of.get(member)
                .flatMap(JsonValue::asObject)
                .map(inner -> of.with(member, change.apply(inner)))
                .orElse(of);
    }

    private static JsonObject without(JsonObject of, String member) {
        Map<String, JsonValue> members = new LinkedHashMap<>(of.members());
        members.remove(member);
        return new JsonObject(members);
    }

    private static JsonObject object(JsonObject of, String member) {
        return of.get(member).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
    }

    private static JsonNumber plus(JsonObject of, String member, long more) {
        return number(number(of, member) + more);
    }

    private static long number(JsonObject of, String member) {
        return of.get(member).map(VerifiedDecisionsTest::value).orElse(0L);
    }

    private static long value(JsonValue number) {
        return number.asNumber().map(BigDecimal::longValue).orElse(0L);
    }

    private static JsonNumber number(long number) {
        return JsonNumber.of(number);
    }
}
