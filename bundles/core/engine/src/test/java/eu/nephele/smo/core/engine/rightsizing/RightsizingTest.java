// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rightsizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.rightsizing.ConfirmedClasses;
import eu.nephele.smo.core.contract.rightsizing.RightsizingService;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.rightsizing.AuthorizedRightsizingService;
import eu.nephele.smo.core.rightsizing.RightsizingSettings;
import eu.nephele.smo.lab.simulator.ChartModel;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that asks for much more than it uses, in the simulated world, from the proposal to the running graph. */
class RightsizingTest {

    private static final GraphId GRAPH = new GraphId("p", "shop");
    private static final long GIB = 1L << 30;
    private static final Duration A_DAY_AND_MORE = Duration.ofHours(30);
    private static final String YAML = """
            hdaGraph:
              id: shop
              services:
                - id: web
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: medium, ram: medium }
                  artifact:
                    ociImage: "oci://registry.example/demo/web"
                    ociConfig: { type: App, implementer: HELM }
                - id: fixed
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: medium, ram: medium }
                  artifact:
                    ociImage: "oci://registry.example/demo/fixed"
                    ociConfig: { type: App, implementer: HELM }
                - id: scaled
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: medium, ram: small }
                  artifact:
                    ociImage: "oci://registry.example/demo/scaled"
                    ociConfig: { type: App, implementer: HELM }
                  scaling:
                    minReplicas: 1
                    maxReplicas: 4
                    strategy:
                      id: threshold
                      parameters: { metrics: [ { metric: cpu_cores, utilisationPercent: 60 } ] }
            """;

    private static final Resources OF_ITS_CHART = new Resources(8000, 2 * GIB, 0, 0);

    private EmbeddedCore core;
    private RightsizingService rightsizing;

    @BeforeEach
    void run() throws Exception {
        core = EmbeddedCore.withoutScaling(
                Scenario.of(
                                Duration.ofSeconds(1),
                                ClusterModel.of("c1", new Resources(40_000, 64 * GIB, 1000 * GIB, 0)))
                        .withCharts(Map.of("fixed", new ChartModel(List.of(), Optional.of(OF_ITS_CHART)))),
                "rightsizing-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
        core.deploy("p", YAML);
        running();
        // a core serves 20 requests in a second
        core.world.setLoad("web", 5);
        core.world.setLoad("fixed", 5);
        core.world.setLoad("scaled", 5);
        rightsizing = new AuthorizedRightsizingService(
                core.rightsizing(RightsizingSettings.STANDARD), AccessControl.unrestricted());
    }

    @AfterEach
    void end() {
        core.close();
    }

    private void running() {
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofMinutes(2));
    }

    private JsonNode proposed(String service) {
        try {
            JsonNode all = new ObjectMapper()
                    .readTree(rightsizing.propose(GRAPH, CallContext.INTERNAL).toJson());
            for (JsonNode item : all.path("items")) {
                if (item.path("service").asText().equals(service)) {
                    return item;
                }
            }
            throw new AssertionError(all.toPrettyString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Plan plan(String cpu, String ram) {
        return rightsizing.plan(
                GRAPH, Map.of("web", new ConfirmedClasses(Optional.of(cpu), Optional.of(ram))), CallContext.INTERNAL);
    }

    private void apply(Plan plan) {
        core.doors().plans().apply(GRAPH, plan.id(), CallContext.INTERNAL);
        core.pass(Duration.ofSeconds(5));
        running();
    }

    @Test
    void aConfirmedProposalBecomesAnOrdinaryUpdate() {
        core.skip(A_DAY_AND_MORE);
        JsonNode web = proposed("web");
        assertThat(web.at("/cpu/class").asText()).isEqualTo("medium");
        assertThat(web.at("/cpu/proposedClass").asText())
                .as(web.toPrettyString())
                .isEqualTo("small");
        assertThat(web.at("/cpu/saved").asDouble()).isEqualTo(3);
        assertThat(web.at("/cpu/used/quantile").asDouble()).isEqualTo(0.25);
        assertThat(web.at("/ram/proposedClass").asText())
                .as(web.toPrettyString())
                .isEqualTo("small");

        Plan plan = plan("small", "small");
        assertThat(plan.feasible()).isTrue();
        assertThat(plan.services().changed()).containsExactly("web");
        assertThat(core.view(GRAPH).service("web").orElseThrow().perReplica().cpuMillis())
                .isEqualTo(4000);

        apply(plan);
        Resources now = core.view(GRAPH).service("web").orElseThrow().perReplica();
        assertThat(now.cpuMillis()).isEqualTo(1000);
        assertThat(now.memoryBytes()).isEqualTo(GIB);
        assertThat(pods("web")).as("what its pods ask for").isEqualTo(new Resources(1000, GIB, now.storageBytes(), 0));
        assertThat(core.view(GRAPH)
                        .service("web")
                        .orElseThrow()
                        .spec()
                        .artifact()
                        .values()
                        .toJson())
                .isEqualTo("{\"resources\":{\"requests\":{\"cpu\":\"1000m\",\"memory\":\"1024Mi\"}}}");
    }

    private Resources pods(String service) {
        WorkloadRef ref = new WorkloadRef(GRAPH, service);
        return core.world.runtime().observe(List.of(ref)).get(ref).byCluster().values().stream()
                .map(WorkloadObservation.OnCluster::requested)
                .reduce(Resources.NONE, Resources::plus);
    }

    @Test
    void whereTheChartDoesNotTakeItNothingCanBeConfirmed() {
        core.skip(A_DAY_AND_MORE);
        JsonNode fixed = proposed("fixed");
        assertThat(fixed.at("/cpu/requested").asDouble()).as("of its pods").isEqualTo(8);
        assertThat(fixed.at("/cpu/requestedFrom").asText()).isEqualTo("pods");
        assertThat(fixed.at("/cpu/class").asText()).isEqualTo("medium");
        assertThat(fixed.at("/cpu/proposedClass").asText())
                .as(fixed.toPrettyString())
                .isEqualTo("medium");
        assertThat(fixed.path("proposal").asBoolean()).isTrue();
        assertThat(fixed.path("confirmable").asBoolean()).isFalse();
        assertThat(fixed.path("obstacle").asText()).contains("has no value 'resources'");
        assertThat(proposed("web").path("confirmable").asBoolean()).isTrue();
        assertThat(proposed("web").path("chartValue").asText()).isEqualTo("resources.requests");

        ConfirmedClasses shown = new ConfirmedClasses(Optional.of("medium"), Optional.empty());
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> rightsizing.plan(GRAPH, Map.of("fixed", shown), CallContext.INTERNAL))
                .satisfies(why -> assertThat(why.kind()).isEqualTo(SmoException.Kind.CONFLICT))
                .withMessageContaining("add 'resources: {}' to its values.yaml");
        assertThat(pods("fixed")).isEqualTo(OF_ITS_CHART);
    }

    @Test
    void theNextProposalWaitsForADayOfDataSinceTheChange() {
        core.skip(A_DAY_AND_MORE);
        apply(plan("small", "small"));
        JsonNode at = proposed("web");
        assertThat(at.path("proposal").asBoolean()).as(at.toPrettyString()).isFalse();
        assertThat(at.at("/cpu/reason").asText()).contains("24 h are needed");

        core.skip(A_DAY_AND_MORE);
        JsonNode web = proposed("web");
        assertThat(web.at("/cpu/proposedClass").asText())
                .as(web.toPrettyString())
                .isEqualTo("light");
    }

    @Test
    void aServiceThatIsScaledByCpuIsNotMadeSmallerByWhatItsTargetMakes() {
        core.skip(A_DAY_AND_MORE);
        JsonNode scaled = proposed("scaled");
        assertThat(scaled.path("scaled").asBoolean()).isTrue();
        assertThat(scaled.at("/cpu/proposedClass").isMissingNode()).isTrue();
        assertThat(scaled.at("/cpu/reason").asText()).contains("would only make more replicas");
        assertThat(scaled.at("/ram/proposedClass").asText())
                .as(scaled.toPrettyString())
                .isEqualTo("light");
    }

    @Test
    void whatWasNotProposedIsRefused() {
        core.skip(A_DAY_AND_MORE);
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> plan("light", "small"))
                .satisfies(why -> assertThat(why.kind()).isEqualTo(SmoException.Kind.CONFLICT))
                .withMessageContaining("cpu small, ram small");
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> rightsizing.plan(
                        GRAPH,
                        Map.of("other", new ConfirmedClasses(Optional.of("small"), Optional.empty())),
                        CallContext.INTERNAL))
                .satisfies(why -> assertThat(why.kind()).isEqualTo(SmoException.Kind.INVALID));
    }

    @Test
    void withoutDataNothingIsProposed() {
        core.skip(A_DAY_AND_MORE);
        core.world.begin(Outage.METRICS);
        JsonNode web = proposed("web");
        assertThat(web.path("proposal").asBoolean()).isFalse();
        assertThat(web.at("/cpu/reason").asText()).startsWith("0.0 h of data");
    }
}
