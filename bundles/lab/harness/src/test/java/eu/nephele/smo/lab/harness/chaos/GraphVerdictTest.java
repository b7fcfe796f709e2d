// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.harness.chaos.ChaosFinding.ChaosKind;
import eu.nephele.smo.lab.harness.chaos.GraphSpec.ChaosService;
import eu.nephele.smo.lab.harness.chaos.GraphSpec.Waits;
import eu.nephele.smo.lab.harness.chaos.GraphState.Awaited;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import eu.nephele.smo.lab.remote.world.WorldReport;
import eu.nephele.smo.lab.remote.world.WorldReport.ReleaseReport;
import eu.nephele.smo.lab.remote.world.WriteReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each deviation of a graph is found, and a right graph has no finding. */
class GraphVerdictTest {

    private static final ChaosService WEB =
            new ChaosService("web", 3, Waits.NEVER, "light", ReplicaDivision.WHOLE, ChartCatalog.ANY.render("web", 3));
    private static final ChaosService BELL =
            new ChaosService("bell", 2, Waits.ALL, "light", ReplicaDivision.WHOLE, ChartCatalog.ANY.render("bell", 2));
    private static final GraphSpec SPEC = new GraphSpec(DescriptorEdits.PROJECT, "g", 3, List.of(WEB, BELL));
    private static final ReleaseReport WEB_RUNS = release(WEB, WEB.chart(), 3, Map.of("north", 2));
    private static final ReleaseReport BELL_RUNS = release(BELL, BELL.chart(), 2, Map.of("north", 1));
    private static final GraphState DEPLOYED = GraphState.deployed(SPEC);

    @Test
    void aGraphThatIsAsPromisedIsWell() throws Exception {
        assertThat(judge(DEPLOYED, running("WAITING"), rules(), WEB_RUNS)).isEmpty();
        GraphState rung = DEPLOYED.with("bell", Awaited.INSTALLED);
        assertThat(judge(rung, running("RUNNING"), List.of(), WEB_RUNS, BELL_RUNS))
                .isEmpty();
        assertThat(judge(GraphState.ABSENT, absent(), List.of())).isEmpty();
        assertThat(judge(DEPLOYED.stopped(), seen("STOPPED", "STOPPED", "1.0.3"), List.of()))
                .isEmpty();
    }

    @Test
    void whatMayBeIsWellEitherWay() throws Exception {
        GraphState unknown = DEPLOYED.with("bell", Awaited.UNKNOWN);
        assertThat(judge(unknown, running("WAITING"), rules(), WEB_RUNS)).isEmpty();
        assertThat(judge(unknown, running("RUNNING"), List.of(), WEB_RUNS, BELL_RUNS))
                .isEmpty();
    }

    @Test
    void anEarlierDescriptorAnotherWishOrNoGraphIsLost() throws Exception {
        assertThat(judge(DEPLOYED, seen("RUNNING", "RUNNING", "1.0.2"), rules(), WEB_RUNS))
                .containsExactly(ChaosKind.LOST);
        assertThat(judge(DEPLOYED, seen("STOPPED", "STOPPED", "1.0.3"), rules()))
                .containsExactly(ChaosKind.LOST);
        assertThat(judge(DEPLOYED, absent(), rules())).containsExactly(ChaosKind.LOST);
        assertThat(judge(GraphState.ABSENT, running("RUNNING"), rules())).containsExactly(ChaosKind.LOST);
    }

    @Test
    void aReleaseThatIsMissingOrOldIsLost() throws Exception {
        assertThat(judge(DEPLOYED, running("WAITING"), rules())).containsExactly(ChaosKind.LOST);
        ReleaseReport oldImage = release(WEB, "oci://registry.example/chaos/web:1.0.1", 3, Map.of("north", 2));
        assertThat(judge(DEPLOYED, running("WAITING"), rules(), oldImage)).containsExactly(ChaosKind.LOST);
        ReleaseReport oldValues = release(WEB, WEB.chart(), 2, Map.of("north", 2));
        assertThat(judge(DEPLOYED, running("WAITING"), rules(), oldValues)).containsExactly(ChaosKind.LOST);
    }

    @Test
    void anEventOfNoEffectIsLostAndAnEffectOfNoEventIsOrphaned() throws Exception {
        GraphState rung = DEPLOYED.with("bell", Awaited.INSTALLED);
        assertThat(judge(rung, running("WAITING"), rules(), WEB_RUNS)).containsExactly(ChaosKind.LOST);
        assertThat(judge(DEPLOYED, running("RUNNING"), rules(), WEB_RUNS, BELL_RUNS))
                .containsExactly(ChaosKind.ORPHANED);
        assertThat(judge(DEPLOYED, running("WAITING"), List.of(), WEB_RUNS))
                .as("nothing would wake it")
                .containsExactly(ChaosKind.LOST);
    }

    @Test
    void podsOfAStoppedGraphAreOrphaned() throws Exception {
        assertThat(judge(DEPLOYED.stopped(), seen("STOPPED", "STOPPED", "1.0.3"), List.of(), WEB_RUNS))
                .containsExactly(ChaosKind.ORPHANED);
    }

    @Test
    void morePodsOrMoreClustersThanDecidedAreDoubledFewerAreLost() throws Exception {
        ReleaseReport more = release(WEB, WEB.chart(), 3, Map.of("north", 3));
        assertThat(judge(DEPLOYED, running("WAITING"), rules(), more)).containsExactly(ChaosKind.DOUBLED);
        ReleaseReport twice = release(WEB, WEB.chart(), 3, Map.of("north", 2, "south", 2));
        assertThat(judge(DEPLOYED, running("WAITING"), rules(), twice)).containsExactly(ChaosKind.DOUBLED);
        ReleaseReport fewer = release(WEB, WEB.chart(), 3, Map.of("north", 1));
        assertThat(judge(DEPLOYED, running("WAITING"), rules(), fewer)).containsExactly(ChaosKind.LOST);
    }

    @Test
    void eachShareOfADividedServiceIsJudgedByItself() throws Exception {
        assertThat(judgeShares(Map.of("north", 2, "south", 2))).isEmpty();
        assertThat(judgeShares(Map.of("north", 2))).containsExactly("LOST chaos/g/web on south");
        assertThat(judgeShares(Map.of("north", 3, "south", 1)))
                .containsExactly("DOUBLED chaos/g/web on north", "LOST chaos/g/web on south");
        assertThat(judgeShares(Map.of("north", 2, "south", 2, "west", 2)))
                .containsExactly("DOUBLED chaos/g/web on west");
    }

    private static List<String> judgeShares(Map<String, Integer> pods) throws JsonProcessingException {
        ChaosService halves = divided(50, Map.of());
        GraphState state = GraphState.deployed(new GraphSpec(DescriptorEdits.PROJECT, "g", 3, List.of(halves)));
        return findings(state, decided("north", "south"), List.of(), release(halves, halves.chart(), 3, pods)).stream()
                .map(finding -> finding.kind() + " " + finding.subject())
                .toList();
    }

    @Test
    void aDecisionThatBreaksTheDivisionIsLost() throws Exception {
        assertThat(judgeDivision(divided(50, Map.of()), "north", "south")).isEmpty();
        assertThat(judgeDivision(divided(50, Map.of()), "north")).containsExactly(ChaosKind.LOST);
        assertThat(judgeDivision(divided(60, Map.of()), "north", "south")).containsExactly(ChaosKind.LOST);
        assertThat(judgeDivision(divided(0, Map.of("north", 1, "south", 1)), "north", "south"))
                .isEmpty();
        assertThat(judgeDivision(divided(0, Map.of("north", 1, "west", 1)), "north", "south"))
                .as("no weight of south")
                .containsExactly(ChaosKind.LOST);
    }

    private static List<ChaosKind> judgeDivision(ChaosService service, String... clusters)
            throws JsonProcessingException {
        Map<String, Integer> pods = Stream.of(clusters).collect(Collectors.toMap(cluster -> cluster, cluster -> 2));
        GraphState state = GraphState.deployed(new GraphSpec(DescriptorEdits.PROJECT, "g", 3, List.of(service)));
        return judge(state, decided(clusters), List.of(), release(service, service.chart(), 3, pods));
    }

    private static ChaosService divided(int survivingPercent, Map<String, Integer> weights) {
        Proportion proportion = weights.isEmpty() ? Proportion.EQUAL : Proportion.WEIGHTS;
        ReplicaDivision division = new ReplicaDivision(2, 1, Integer.MAX_VALUE, survivingPercent, proportion, weights);
        return new ChaosService("web", 3, Waits.NEVER, "light", division, WEB.chart());
    }

    /** Two replicas on each cluster. */
    private static GraphAnswer decided(String... clusters) throws JsonProcessingException {
        String shares = Stream.of(clusters)
                .map("{\"cluster\":\"%s\",\"replicas\":2}"::formatted)
                .collect(Collectors.joining(","));
        return belief("""
                {"desired":"RUNNING","phase":"RUNNING","version":"1.0.3","conditions":[],
                 "services":[{"name":"web","shares":[%s]}]}""".formatted(shares));
    }

    @Test
    void whatDoesNotGetOnIsStuckUnlessThereIsNoRoom() throws Exception {
        assertThat(judge(DEPLOYED, running("DEPLOYING"), rules())).containsExactly(ChaosKind.STUCK);
        assertThat(judge(DEPLOYED, running("FAILED"), rules())).containsExactly(ChaosKind.STUCK);
        assertThat(judge(DEPLOYED.stopped(), seen("STOPPED", "STOPPING", "1.0.3"), rules()))
                .containsExactly(ChaosKind.STUCK);
        assertThat(judge(GraphState.ABSENT, seen("REMOVED", "REMOVING", "1.0.3"), rules()))
                .containsExactly(ChaosKind.STUCK);
        assertThat(judge(DEPLOYED, pending("DecisionFailed"), rules())).containsExactly(ChaosKind.STUCK);
        assertThat(judge(DEPLOYED, pending("Infeasible"), rules())).isEmpty();
    }

    private static List<ChaosKind> judge(
            GraphState state, GraphAnswer graphAnswer, List<RuleRecord> rules, ReleaseReport... releases) {
        return findings(state, graphAnswer, rules, releases).stream()
                .map(ChaosFinding::kind)
                .toList();
    }

    private static List<ChaosFinding> findings(
            GraphState state, GraphAnswer graphAnswer, List<RuleRecord> rules, ReleaseReport... releases) {
        GraphModel graph = new GraphModel("g", new Random(1), ChartCatalog.ANY, WorldProcess.CLUSTERS);
        graph.state(state);
        WriteReport writes = new WriteReport(0, 0, 0, 0, 0, List.of());
        ObservedWorld observedWorld = new ObservedWorld(new WorldReport(List.of(), List.of(releases), rules, writes));
        return GraphVerdict.judge(graph, graphAnswer, observedWorld);
    }

    private static GraphAnswer running(String phase) throws JsonProcessingException {
        return seen("RUNNING", phase, "1.0.3");
    }

    private static GraphAnswer pending(String reason) throws JsonProcessingException {
        return belief("""
                {"desired":"RUNNING","phase":"PENDING","version":"1.0.3",
                 "conditions":[{"type":"Placed","status":"False","reason":"%s","message":"no"}]}""".formatted(reason));
    }

    private static GraphAnswer absent() {
        return new GraphAnswer(404, new JsonMapper().createObjectNode());
    }

    private static GraphAnswer seen(String desired, String phase, String version) throws JsonProcessingException {
        return belief("""
                {"desired":"%s","phase":"%s","version":"%s","conditions":[],
                 "services":[{"name":"web","shares":[{"cluster":"north","replicas":2},{"cluster":"west","replicas":0}]},
                             {"name":"bell","shares":[{"cluster":"north","replicas":1}]}]}""".formatted(desired, phase, version));
    }

    private static GraphAnswer belief(String json) throws JsonProcessingException {
        return new GraphAnswer(200, new JsonMapper().readTree(json));
    }

    private static List<RuleRecord> rules() {
        WorkloadRef bell =
                ObservedWorld.ref(new GraphModel("g", new Random(1), ChartCatalog.ANY, WorldProcess.CLUSTERS), "bell");
        return ChaosService.EVENTS.stream()
                .map(event -> new RuleRecord(bell, new EventRule(event, "up", Duration.ZERO, ""), "owner"))
                .toList();
    }

    private static ReleaseReport release(
            ChaosService service, String artifact, int edit, Map<String, Integer> replicas) {
        JsonObject values = JsonObject.EMPTY.with(GraphSpec.EDIT_VALUE, JsonNumber.of(edit));
        WorkloadRef ref = ObservedWorld.ref(
                new GraphModel("g", new Random(1), ChartCatalog.ANY, WorldProcess.CLUSTERS), service.id());
        int pods = replicas.values().stream().mapToInt(Integer::intValue).sum();
        return new ReleaseReport(ref, 1, "key", artifact, values, replicas, pods, "");
    }
}
