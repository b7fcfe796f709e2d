// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciled.Outcome;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.lab.testkit.ResourceControllerContract;
import eu.nephele.smo.pools.containers.Texts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PoolControllerTest extends ResourceControllerContract {

    private static final String SECOND_SERVICE = """
              api:
                image: registry.example/shop/api:2
                port: 9090
                min_replicas: 1
                max_replicas: 2
                scale_up_threshold: 80
                scale_down_threshold: 30
                cooldown_period: 60
                business_hours_only: false
                health_check: {path: /}
            """;

    private final PoolFileFormat format = new PoolFileFormat(Map.of(), Optional.empty());
    private final PlayedGraphs graphs = new PlayedGraphs();
    private final PlayedConfigurations configurations = new PlayedConfigurations();

    @Override
    protected ResourceController controller() {
        return new PoolController(graphs.service(), graphs.reader(), configurations.service(), format);
    }

    private JsonObject desired(String text) {
        return new PoolDocument(format.texts().document(text), Map.of()).toJson();
    }

    @Override
    protected JsonObject desired() {
        return desired(Texts.LEAST);
    }

    @Override
    protected JsonObject changed() {
        return desired(Texts.LEAST.replace("web:1.4.2", "web:1.5").replace("edge-1", "edge-2") + SECOND_SERVICE);
    }

    /** Descriptors of graphs and properties of configurations. */
    @Override
    protected Map<String, Object> world() {
        Map<String, Object> all = new TreeMap<>(configurations.present);
        graphs.present.forEach(
                (id, graph) -> all.put(id.toString(), graph.graph().descriptor().canonical()));
        return all;
    }

    private Reconciled reconciled(JsonObject desired, boolean leaving) throws InterruptedException {
        return reconciled(desired, leaving, JsonObject.EMPTY);
    }

    private Reconciled reconciled(JsonObject desired, boolean leaving, JsonObject observed)
            throws InterruptedException {
        ResourceStatus seen = new ResourceStatus(ResourceStatus.Phase.PROGRESSING, 1, observed, List.of());
        return controller().reconcile(resource("u1", 1, desired, leaving).seen(seen), new Reconciliation() {
            @Override
            public Clock clock() {
                return Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);
            }

            @Override
            public Duration remaining() {
                return Duration.ofSeconds(30);
            }
        });
    }

    @Test
    void eachServerIsAnInstanceOfTheAdapterAndEachServiceAGraph() throws Exception {
        Reconciled answer = reconciled(desired(), false);

        assertThat(answer.outcome()).isEqualTo(Outcome.READY);
        assertThat(configurations.present).containsOnlyKeys("eu.nephele.smo.adapters.docker~p.smo-contract.edge-1");
        assertThat(graphs.calls).containsExactly("deploy web");
    }

    @Test
    void whatIsThereIsNotWrittenAgain() throws Exception {
        reconciled(desired(), false);
        reconciled(desired(), false);
        assertThat(graphs.calls).containsExactly("deploy web");
        assertThat(configurations.writes).isEqualTo(1);
    }

    @Test
    void aReplacementIsAnUpdateOfThatGraphAlone() throws Exception {
        JsonObject two = desired(Texts.LEAST + SECOND_SERVICE);
        reconciled(two, false);
        reconciled(
                PoolDocument.from(two).replacing("api", "m1", Optional.empty()).toJson(), false);
        assertThat(graphs.calls).containsExactly("deploy web", "deploy api", "update api");
    }

    @Test
    void aServiceThatIsNotNamedGoesAndIsWaitedFor() throws Exception {
        reconciled(desired(Texts.LEAST + SECOND_SERVICE), false);

        Reconciled first = reconciled(desired(), false);

        assertThat(first.outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(graphs.calls).contains("remove api").doesNotContain("remove web");
        assertThat(reconciled(desired(), false, first.observed()).outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(reconciled(desired(), false, first.observed()).outcome()).isEqualTo(Outcome.READY);
        assertThat(graphs.present).containsOnlyKeys(new GraphId("p", "web"));
    }

    @Test
    void serversStayUntilNothingRunsOnThemAnyMore() throws Exception {
        reconciled(desired(), false);
        assertThat(reconciled(desired(), true).outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(configurations.present).isNotEmpty();
        assertThat(reconciled(desired(), true).outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(configurations.present).isNotEmpty();
        assertThat(reconciled(desired(), true).outcome()).isEqualTo(Outcome.GONE);
        assertThat(configurations.present).isEmpty();
    }

    @Test
    void aGraphOfSomebodyElseIsLeftAloneAndTheOthersGoOn() throws Exception {
        JsonObject foreign = JsonObject.EMPTY.with(
                "hdaGraph", JsonObject.EMPTY.with("id", new JsonString("web")).with("designer", new JsonString("ada")));
        graphs.service().deploy(graphs.reader().read("p", foreign), eu.nephele.smo.api.runtime.CallContext.INTERNAL);
        graphs.calls.clear();

        Reconciled answer = reconciled(desired(Texts.LEAST + SECOND_SERVICE), false);

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.message())
                .contains("web: p/web is a graph that was not made by container-pool/p/smo-contract");
        assertThat(graphs.calls).containsExactly("deploy api");

        assertThat(reconciled(desired(), true).outcome()).isNotEqualTo(Outcome.FAILED);
        assertThat(graphs.present.get(new GraphId("p", "web")).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void whatTheCoreCannotDoNowIsTriedAgain() throws Exception {
        graphs.refusals.put("web", SmoException.of(SmoException.Kind.UNAVAILABLE, "smo", "starting", Optional.empty()));
        Reconciled answer = reconciled(desired(), false);
        assertThat(answer.outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(answer.message()).isEqualTo("web: starting");
        assertThat(answer.again()).hasValueSatisfying(again -> assertThat(again).isLessThan(Duration.ofMinutes(1)));
    }

    @Test
    void rulesOverSeveralKeysAreJudgedHere() throws Exception {
        Reconciled answer = reconciled(desired(Texts.LEAST.replace("max_replicas: 4", "max_replicas: 0")), false);
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.message()).contains("/services/web/max_replicas");
        assertThat(graphs.calls).isEmpty();
        assertThat(configurations.present).isEmpty();
    }

    @Test
    void configurationsOfOtherServersStay() throws Exception {
        configurations.present.put("eu.nephele.smo.adapters.docker~mine", new TreeMap<>());
        configurations.present.put(
                "eu.nephele.smo.adapters.docker~p.other.edge-9",
                new TreeMap<>(Map.of("pool", "container-pool/p/other/u9/server")));
        reconciled(desired(), false);
        reconciled(desired(Texts.LEAST.replace("edge-1", "edge-2")), false);
        assertThat(configurations.present)
                .containsOnlyKeys(
                        "eu.nephele.smo.adapters.docker~mine",
                        "eu.nephele.smo.adapters.docker~p.other.edge-9",
                        "eu.nephele.smo.adapters.docker~p.smo-contract.edge-2");
    }
}
