// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedDescriptor;
import eu.nephele.smo.api.port.NetworkFabric.ClusterNetwork;
import eu.nephele.smo.api.runtime.SmoException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference's paths: every operation and status works against the running REST API. */
final class LegacyApiTest {

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    private void deploy(String project, String body) {
        assertThat(api.post("/project/" + project + "/graphs", body).status()).isEqualTo(202);
    }

    @Test
    void listsClustersWithTheReferencesFields_D01() {
        JsonNode clusters = api.get("/clusters").json();

        assertThat(clusters).hasSize(2);
        JsonNode first = clusters.get(0);
        assertThat(first.path("name").asText()).isEqualTo("c1");
        assertThat(first.path("available_cpu").asDouble()).isEqualTo(11.0);
        assertThat(first.path("available_ram").asText()).isEqualTo("48.00 GiB");
        assertThat(first.path("availability").asBoolean()).isTrue();
        assertThat(first.path("acceleration").asBoolean()).isTrue();
        assertThat(first.path("location").asText()).isEqualTo("Unknown");
        assertThat(first.path("grafana").asText()).isEqualTo("https://grafana.example/d/smo-c-c1");
        // 4 cores are reserved and 1 is allocated: the larger counts
        assertThat(clusters.get(1).path("available_cpu").asDouble()).isEqualTo(8.0);
    }

    @Test
    void addressesOfPodsAndServicesAreThoseOfTheFabricAndNullWhereNobodyKnowsThem_F68() {
        api.outside.fabric = Optional.of(InMemoryOutside.fabric(() -> List.of(
                new ClusterNetwork(InMemoryGraphs.C1, "10.1.0.0/16", "10.2.0.0/16"),
                new ClusterNetwork(new ClusterId("sim", "c2"), "", "10.4.0.0/16"))));

        JsonNode clusters = api.get("/clusters").json();

        assertThat(clusters.get(0).path("pod_cidr").asText()).isEqualTo("10.1.0.0/16");
        assertThat(clusters.get(0).path("service_cidr").asText()).isEqualTo("10.2.0.0/16");
        assertThat(clusters.get(1).path("pod_cidr").isNull()).isTrue();
        assertThat(clusters.get(1).path("service_cidr").asText()).isEqualTo("10.4.0.0/16");
    }

    @Test
    void clustersAreListedWithoutAddressesWhereTheFabricIsAwayOrDefective() {
        for (RuntimeException why : List.of(
                new AdapterException(AdapterException.Kind.UNAVAILABLE, "karmada", "cannot be reached"),
                new IllegalStateException("a defect of the fabric"))) {
            api.outside.fabric = Optional.of(InMemoryOutside.fabric(() -> {
                throw why;
            }));

            Api.Answer answer = api.get("/clusters");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get(0).path("pod_cidr").isNull()).isTrue();
            assertThat(answer.json().get(0).path("service_cidr").isNull()).isTrue();
        }
    }

    @Test
    void aSourceThatKnowsNothingYetIsLeftOutAndNamed() {
        api.outside.registries.add(InMemoryOutside.unreachable("karmada"));

        Api.Answer answer = api.get("/clusters");

        assertThat(answer.json()).hasSize(2);
        assertThat(answer.header("Smo-Warning")).contains("karmada");
    }

    @Test
    void aDefectiveSourceHidesNothingOfTheOthers() {
        api.outside.registries.add(InMemoryOutside.defective());
        api.outside.signalsAreDefective = true;

        Api.Answer answer = api.get("/clusters");

        assertThat(answer.json()).hasSize(2);
        assertThat(answer.header("Smo-Warning")).contains("failed unexpectedly").doesNotContain("a defect");
        assertThat(api.get("/api/v1/clusters").json().path("unknownSources")).hasSize(1);
    }

    @Test
    void noSourceThatKnowsAnythingIs503WithItsName() {
        api.outside.registries.clear();
        api.outside.registries.add(InMemoryOutside.unreachable("karmada"));

        Api.Answer answer = api.get("/clusters");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.json().path("source").asText()).isEqualTo("karmada");
    }

    @Test
    void noSourceAtAllIsAnEmptyList_D53() {
        api.outside.registries.clear();

        assertThat(api.get("/clusters").json()).isEmpty();
    }

    @Test
    void clustersOfTheSameNameAreDistinguishedByTheirSource() {
        api.outside.registries.add(InMemoryOutside.registry("karmada", "c2"));

        assertThat(api.get("/clusters").json().findValuesAsText("name")).containsExactly("c1", "karmada/c2", "sim/c2");
    }

    @Test
    void deploysAndShowsAGraphWithTheReferencesFields_D01() {
        Api.Answer deployed = api.post("/project/demo/graphs", Samples.HELLO);

        assertThat(deployed.text()).isEqualTo("Graph deployment triggered successfully");
        assertThat(deployed.header("Content-Type")).startsWith("text/plain");
        JsonNode graph = api.get("/graphs/hello").json();
        assertThat(graph.path("status").asText()).isEqualTo("Running");
        assertThat(graph.path("project").asText()).isEqualTo("demo");
        assertThat(graph.path("hdaGraph").path("id").asText()).isEqualTo("hello");
        assertThat(graph.path("placement").toString()).isEqualTo("[[0,1]]");
        assertThat(graph.path("placementMap").path("web").asText()).isEqualTo("c2");
        assertThat(graph.path("grafana").asText()).startsWith("https://grafana.example/d/smo-g-");
        JsonNode service = graph.path("services").get(0);
        assertThat(service.path("status").asText()).isEqualTo("Deployed");
        assertThat(service.path("cluster_affinity").asText()).isEqualTo("c2");
        // numbers and booleans keep their types
        assertThat(service.path("cpu").isNumber()).isTrue();
        assertThat(service.path("cpu").asDouble()).isEqualTo(0.5);
        assertThat(service.path("gpu").isBoolean()).isTrue();
        assertThat(service.path("gpus").asInt()).isZero();
        assertThat(service.path("memory").asText()).isEqualTo("500MiB");
        assertThat(service.path("values_overwrite").path("colour").asText()).isEqualTo("blue");
        assertThat(service.path("alert").isEmpty()).isTrue();
    }

    @Test
    void affinityFollowsThePlacementAndTheDescriptorStaysAsItWasSent_D09() {
        deploy("demo", Samples.HELLO);

        api.post("/api/v1/projects/demo/graphs/hello/placement", "{\"reason\":\"offload\",\"target\":\"c1\"}");

        JsonNode graph = api.get("/graphs/hello").json();
        assertThat(graph.path("placement").toString()).isEqualTo("[[1,0]]");
        assertThat(graph.path("placementMap").path("web").asText()).isEqualTo("c1");
        assertThat(graph.path("services").get(0).path("cluster_affinity").asText())
                .isEqualTo("c1");
        assertThat("{\"hdaGraph\":%s}".formatted(graph.path("hdaGraph"))).isEqualTo(Samples.HELLO);
    }

    @Test
    void aDividedServiceIsShownWhereMostReplicasAreAndInTheMatrixEverywhere() {
        deploy("demo", Samples.DIVIDED);

        JsonNode graph = api.get("/graphs/divided").json();
        assertThat(graph.path("placement").toString()).isEqualTo("[[1,1]]");
        assertThat(graph.path("placementMap").path("web").asText()).isEqualTo("c2");
        assertThat(graph.path("services").get(0).path("cluster_affinity").asText())
                .isEqualTo("c2");
    }

    @Test
    void listsTheGraphsOfAProject_D01() {
        assertThat(api.get("/project/demo/graphs").json()).isEmpty();
        deploy("demo", Samples.HELLO);
        deploy("demo", Samples.STATIC);
        deploy("other", Samples.HELLO);

        assertThat(api.get("/project/demo/graphs/").json().findValuesAsText("name"))
                .contains("hello", "fixed");
        assertThat(api.get("/project/demo/graphs").json()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-yaml", "application/yaml", "text/yaml", "text/yaml; charset=utf-8"})
    void readsYaml(String type) {
        assertThat(api.call(
                                "POST",
                                "/project/demo/graphs",
                                BodyPublishers.ofString(Samples.HELLO_YAML),
                                "Content-Type",
                                type)
                        .status())
                .isEqualTo(202);
        assertThat(api.get("/graphs/hello").status()).isEqualTo(200);
    }

    @Test
    void theSameGraphAgainIsAReplayAndADifferentOneAConflict() {
        deploy("demo", Samples.HELLO);

        deploy("demo", Samples.HELLO);
        assertThat(api.post("/project/demo/graphs", Samples.OTHER_HELLO).status())
                .isEqualTo(409);
        api.post("/graphs/hello/stop");
        assertThat(api.post("/project/demo/graphs", Samples.HELLO).status()).isEqualTo(409);
    }

    @Test
    void aGraphWithoutCapacityIsRefusedWithReasonsAndNotKept_D53() {
        Api.Answer answer = api.post("/project/demo/graphs", Samples.HUGE);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("infeasible");
        assertThat(answer.json().path("reasons").path("big").path("c1").asText())
                .contains("99 cores");
        assertThat(api.graphs.deployments.get(0).keepIfInfeasible()).isFalse();
        assertThat(api.get("/graphs/huge").status()).isEqualTo(404);
    }

    @Test
    void anInvalidDescriptorIs400WithAPointer_R041() {
        Api.Answer answer = api.post("/project/demo/graphs", "{\"other\":1}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").get(0).path("pointer").asText()).isEqualTo("/hdaGraph");
    }

    @Test
    void warningsGoIntoAHeaderThatCannotBreakOut() {
        Api.Answer answer = api.post(
                "/project/demo/graphs",
                "{\"hdaGraph\":{\"id\":\"hello\",\"x-colour\":1,\"services\":[{\"id\":\"web\"}]}}");

        assertThat(answer.header("Smo-Warning"))
                .contains("/hdaGraph/x-colour is ignored")
                .contains("??Set-Cookie");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void anArtifactWithoutARepositoryIs503AndNamesWhatIsMissing() {
        Api.Answer answer = api.post("/project/demo/graphs", "{\"artifact\":\"oci://registry/hello\"}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("source").asText()).isEqualTo("oci");
        assertThat(answer.json().path("detail").asText()).contains("oci://registry/hello", "ArtifactRepository");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void anArtifactIsFetchedAndDeployed() {
        api.outside.artifacts = Optional.of(reference -> new FetchedDescriptor(Samples.HELLO_YAML, "sha256:1"));

        deploy("demo", "{\"artifact\":\"oci://registry/hello\"}");
        assertThat(api.get("/graphs/hello").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, 422", "NOT_FOUND, 422", "CONFLICT, 502", "UNAVAILABLE, 503", "TIMED_OUT, 504"})
    void anArtifactThatCannotBeFetchedSaysWhoFailed(AdapterException.Kind kind, int status) {
        api.outside.artifacts = Optional.of(reference -> {
            throw new AdapterException(kind, "oci", "no such thing");
        });

        Api.Answer answer = api.post("/project/demo/graphs", "{\"artifact\":\"oci://registry/hello\"}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("source").asText()).isEqualTo("oci");
    }

    @ParameterizedTest
    @ValueSource(strings = {"other: 1", "artifact: oci://elsewhere", "}{"})
    void anArtifactWithoutADescriptorIs422(String content) {
        api.outside.artifacts = Optional.of(reference -> new FetchedDescriptor(content, "sha256:1"));

        assertThat(api.post("/project/demo/graphs", "{\"artifact\":\"oci://registry/hello\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void stopsAndStartsAndReplacesAndRemovesWithTheReferencesTexts_D02() {
        deploy("demo", Samples.HELLO);

        assertThat(api.post("/graphs/hello/placement").text()).isEqualTo("Placement of graph hello triggered");
        assertThat(api.get("/graphs/hello").json().path("status").asText()).isEqualTo("Running");
        assertThat(api.post("/graphs/hello/stop").text()).isEqualTo("Graph hello stop triggered successfully");
        JsonNode stopped = api.get("/graphs/hello").json();
        assertThat(stopped.path("status").asText()).isEqualTo("Stopped");
        assertThat(stopped.path("services").get(0).path("status").asText()).isEqualTo("Not deployed");
        assertThat(api.post("/graphs/hello/placement").status()).isEqualTo(409);
        assertThat(api.post("/graphs/hello/start").text()).isEqualTo("Graph hello start triggered successfully");
        assertThat(api.delete("/graphs/hello").text()).isEqualTo("Graph hello removed successfully");
        assertThat(api.get("/graphs/hello").status()).isEqualTo(404);
    }

    @Test
    void aBodyThatIsNotNeededDoesNoHarm() {
        deploy("demo", Samples.HELLO);

        assertThat(api.post("/graphs/hello/stop", "").status()).isEqualTo(200);
        assertThat(api.post("/graphs/hello/start", "{}").status()).isEqualTo(200);
    }

    @Test
    void anUnknownGraphIs404AndAStateThatDoesNotAllowItIs409_D03() {
        assertThat(List.of(
                        api.get("/graphs/none"),
                        api.delete("/graphs/none"),
                        api.post("/graphs/none/start"),
                        api.post("/graphs/none/stop"),
                        api.post("/graphs/none/placement")))
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(404);
                    assertThat(answer.problem()).isEqualTo("not-found");
                });
        deploy("demo", Samples.HELLO);
        assertThat(api.post("/graphs/hello/start").status()).isEqualTo(409);
        api.post("/graphs/hello/stop");
        assertThat(api.post("/graphs/hello/stop").status()).isEqualTo(409);
    }

    @Test
    void staticPlacementHasNoMatrixAndIsNotReplaced() {
        deploy("demo", Samples.STATIC);

        JsonNode graph = api.get("/graphs/fixed").json();
        assertThat(graph.path("placement").isNull()).isTrue();
        assertThat(graph.path("placementMap").isNull()).isTrue();
        assertThat(graph.path("services").get(0).path("cluster_affinity").isNull())
                .isTrue();
        assertThat(graph.path("services").get(0).path("status").asText()).isEqualTo("Deployed");
        assertThat(api.post("/graphs/fixed/placement").status()).isEqualTo(409);
    }

    @Test
    void aNameThatSeveralProjectsHaveIsAskedFor() {
        deploy("one", Samples.HELLO);
        deploy("two", Samples.HELLO);

        Api.Answer ambiguous = api.get("/graphs/hello");
        assertThat(ambiguous.status()).isEqualTo(409);
        assertThat(ambiguous.json().path("detail").asText()).contains("one, two", "?project=");
        assertThat(api.get("/graphs/hello?project=two").json().path("project").asText())
                .isEqualTo("two");
        assertThat(api.post("/graphs/hello/stop?project=one").status()).isEqualTo(200);
        assertThat(api.delete("/graphs/hello?project=three").status()).isEqualTo(404);
        assertThat(api.delete("/graphs/hello?project=one").status()).isEqualTo(200);
        assertThat(api.get("/graphs/hello").json().path("project").asText()).isEqualTo("two");
    }

    @Test
    void aConditionalServiceShowsItsRuleAndIsPendingUntilItIsInstalled() {
        deploy("demo", Samples.CONDITIONAL);

        JsonNode service = api.get("/graphs/brussels").json().path("services").get(0);
        assertThat(service.path("status").asText()).isEqualTo("Pending");
        assertThat(service.path("alert").path("alert").asText()).isEqualTo("demo/brussels/detection/motion");
        assertThat(service.path("alert").path("for").asText()).isEqualTo("1m30s");
        assertThat(service.path("alert").path("labels").path("service").asText())
                .isEqualTo("detection");
        api.post("/graphs/brussels/stop");
        assertThat(api.get("/graphs/brussels")
                        .json()
                        .path("services")
                        .get(0)
                        .path("status")
                        .asText())
                .isEqualTo("Not deployed");
    }

    @Test
    void workThatTakesLongerThanTheWaitIsAnsweredAndGoesOn() {
        deploy("demo", Samples.HELLO);
        api.graphs.quick = false;

        Api.Answer answer = api.delete("/graphs/hello");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Smo-Warning")).contains("still in progress");
        assertThat(api.get("/graphs/hello").status()).isEqualTo(404);
        assertThat(api.get("/project/demo/graphs").json()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"UPSTREAM_FAILED, 502", "UNAVAILABLE, 503", "TIMED_OUT, 504", "CONFLICT, 409"})
    void workThatFailsWithinTheWaitAnswersItsProblem(SmoException.Kind kind, int status) {
        deploy("demo", Samples.HELLO);
        api.graphs.failure =
                Optional.of(SmoException.of(kind, "helm", "helm said no", Optional.of(Duration.ofSeconds(7))));

        Api.Answer answer = api.post("/graphs/hello/stop");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("source").asText()).isEqualTo("helm");
        assertThat(answer.header("Retry-After")).isEqualTo(status == 503 ? "7" : "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "stop", "placement"})
    void readingNeverChangesState(String verb) {
        deploy("demo", Samples.HELLO);

        Api.Answer answer = api.get("/graphs/hello/" + verb);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("POST").doesNotContain("GET");
        assertThat(answer.problem()).isEqualTo("method-not-allowed");
    }

    @Test
    void aTrailingSlashIsAccepted() {
        deploy("demo", Samples.HELLO);

        assertThat(List.of("/clusters/", "/project/demo/graphs/", "/graphs/hello/"))
                .allSatisfy(path -> assertThat(api.get(path).status()).isEqualTo(200));
        assertThat(api.post("/graphs/hello/stop/").status()).isEqualTo(200);
    }
}
