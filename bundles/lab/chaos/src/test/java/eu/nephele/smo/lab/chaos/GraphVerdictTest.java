// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.chaos.Finding.Kind;
import eu.nephele.smo.lab.chaos.GraphSpec.Service;
import eu.nephele.smo.lab.chaos.GraphSpec.Waits;
import eu.nephele.smo.lab.chaos.GraphState.Awaited;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import eu.nephele.smo.lab.world.WorldReport;
import eu.nephele.smo.lab.world.WorldReport.Release;
import eu.nephele.smo.lab.world.Writes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each way in which a graph can be wrong is found, and one that is right is not. */
class GraphVerdictTest {

    private static final Service WEB = new Service("web", 3, Waits.NEVER, "light", Charts.ANY.of("web", 3));
    private static final Service BELL = new Service("bell", 2, Waits.ALL, "light", Charts.ANY.of("bell", 2));
    private static final GraphSpec SPEC = new GraphSpec(Edits.PROJECT, "g", 3, List.of(WEB, BELL));
    private static final Release WEB_RUNS = release(WEB, WEB.chart(), 3, Map.of("north", 2));
    private static final Release BELL_RUNS = release(BELL, BELL.chart(), 2, Map.of("north", 1));
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
                .containsExactly(Kind.LOST);
        assertThat(judge(DEPLOYED, seen("STOPPED", "STOPPED", "1.0.3"), rules()))
                .containsExactly(Kind.LOST);
        assertThat(judge(DEPLOYED, absent(), rules())).containsExactly(Kind.LOST);
        assertThat(judge(GraphState.ABSENT, running("RUNNING"), rules())).containsExactly(Kind.LOST);
    }

    @Test
    void aReleaseThatIsMissingOrOldIsLost() throws Exception {
        assertThat(judge(DEPLOYED, running("WAITING"), rules())).containsExactly(Kind.LOST);
        Release oldImage = release(WEB, "oci://registry.example/chaos/web:1.0.1", 3, Map.of("north", 2));
        assertThat(judge(DEPLOYED, running("WAITING"), rules(), oldImage)).containsExactly(Kind.LOST);
        Release oldValues = release(WEB, WEB.chart(), 2, Map.of("north", 2));
        assertThat(judge(DEPLOYED, running("WAITING"), rules(), oldValues)).containsExactly(Kind.LOST);
    }

    @Test
    void anEventOfNoEffectIsLostAndAnEffectOfNoEventIsOrphaned() throws Exception {
        GraphState rung = DEPLOYED.with("bell", Awaited.INSTALLED);
        assertThat(judge(rung, running("WAITING"), rules(), WEB_RUNS)).containsExactly(Kind.LOST);
        assertThat(judge(DEPLOYED, running("RUNNING"), rules(), WEB_RUNS, BELL_RUNS))
                .containsExactly(Kind.ORPHANED);
        assertThat(judge(DEPLOYED, running("WAITING"), List.of(), WEB_RUNS))
                .as("nothing would wake it")
                .containsExactly(Kind.LOST);
    }

    @Test
    void podsOfAStoppedGraphAreOrphaned() throws Exception {
        assertThat(judge(DEPLOYED.stopped(), seen("STOPPED", "STOPPED", "1.0.3"), List.of(), WEB_RUNS))
                .containsExactly(Kind.ORPHANED);
    }

    @Test
    void morePodsOrMoreClustersThanDecidedAreDoubledFewerAreLost() throws Exception {
        Release more = release(WEB, WEB.chart(), 3, Map.of("north", 3));
        assertThat(judge(DEPLOYED, running("WAITING"), rules(), more)).containsExactly(Kind.DOUBLED);
        Release twice = release(WEB, WEB.chart(), 3, Map.of("north", 2, "south", 2));
        assertThat(judge(DEPLOYED, running("WAITING"), rules(), twice)).containsExactly(Kind.DOUBLED);
        Release fewer = release(WEB, WEB.chart(), 3, Map.of("north", 1));
        assertThat(judge(DEPLOYED, running("WAITING"), rules(), fewer)).containsExactly(Kind.LOST);
    }

    @Test
    void whatDoesNotGetOnIsStuckUnlessThereIsNoRoom() throws Exception {
        assertThat(judge(DEPLOYED, running("DEPLOYING"), rules())).containsExactly(Kind.STUCK);
        assertThat(judge(DEPLOYED, running("FAILED"), rules())).containsExactly(Kind.STUCK);
        assertThat(judge(DEPLOYED.stopped(), seen("STOPPED", "STOPPING", "1.0.3"), rules()))
                .containsExactly(Kind.STUCK);
        assertThat(judge(GraphState.ABSENT, seen("REMOVED", "REMOVING", "1.0.3"), rules()))
                .containsExactly(Kind.STUCK);
        assertThat(judge(DEPLOYED, pending("DecisionFailed"), rules())).containsExactly(Kind.STUCK);
        assertThat(judge(DEPLOYED, pending("Infeasible"), rules())).isEmpty();
    }

    private static List<Kind> judge(GraphState state, Belief belief, List<RuleRecord> rules, Release... releases) {
        GraphModel graph = new GraphModel("g", new Random(1), Charts.ANY);
        graph.state(state);
        Writes writes = new Writes(0, 0, 0, 0, 0, List.of());
        Outside outside = new Outside(new WorldReport(List.of(), List.of(releases), rules, writes));
        return GraphVerdict.of(graph, belief, outside).stream()
                .map(Finding::kind)
                .toList();
    }

    private static Belief running(String phase) throws JsonProcessingException {
        return seen("RUNNING", phase, "1.0.3");
    }

    private static Belief pending(String reason) throws JsonProcessingException {
        return belief("""
                {"desired":"RUNNING","phase":"PENDING","version":"1.0.3",
                 "conditions":[{"type":"Placed","status":"False","reason":"%s","message":"no"}]}""".formatted(reason));
    }

    private static Belief absent() {
        return new Belief(404, new JsonMapper().createObjectNode());
    }

    private static Belief seen(String desired, String phase, String version) throws JsonProcessingException {
        return belief("""
                {"desired":"%s","phase":"%s","version":"%s","conditions":[],
                 "services":[{"name":"web","shares":[{"cluster":"north","replicas":2},{"cluster":"west","replicas":0}]},
                             {"name":"bell","shares":[{"cluster":"north","replicas":1}]}]}""".formatted(desired, phase, version));
    }

    private static Belief belief(String json) throws JsonProcessingException {
        return new Belief(200, new JsonMapper().readTree(json));
    }

    private static List<RuleRecord> rules() {
        WorkloadRef bell = Outside.ref(new GraphModel("g", new Random(1), Charts.ANY), "bell");
        return Service.EVENTS.stream()
                .map(event -> new RuleRecord(bell, new EventRule(event, "up", Duration.ZERO, ""), "owner"))
                .toList();
    }

    private static Release release(Service service, String artifact, int edit, Map<String, Integer> replicas) {
        JsonObject values = JsonObject.EMPTY.with(GraphSpec.EDIT_VALUE, JsonNumber.of(edit));
        WorkloadRef ref = Outside.ref(new GraphModel("g", new Random(1), Charts.ANY), service.id());
        int pods = replicas.values().stream().mapToInt(Integer::intValue).sum();
        return new Release(ref, 1, "key", artifact, values, replicas, pods, "");
    }
}
