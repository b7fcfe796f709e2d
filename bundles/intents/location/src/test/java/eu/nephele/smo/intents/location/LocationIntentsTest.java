// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.location;

import static eu.nephele.smo.lab.conformance.SampleGraphs.graphIntent;
import static eu.nephele.smo.lab.conformance.SampleGraphs.serviceIntent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.conformance.RecordingRequirements;
import eu.nephele.smo.lab.conformance.SampleJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationIntentsTest {

    private static final Map<String, IntentHandler> HANDLERS = Map.of(
            "location", new LocationHandler(),
            "antiAffinity", new AntiAffinityHandler(),
            "spread", new SpreadHandler());

    private static final List<ClusterState> CLUSTERS = List.of(
            cluster("sim", "c1", Map.of("tier", "cloud", "region", "eu")),
            cluster("sim", "c2", Map.of("tier", "edge", "region", "eu")),
            cluster("other", "c2", Map.of("tier", "edge", "region", "us")),
            cluster("sim", "c3", Map.of()));

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}                                                       | sim/c1 sim/c2 other/c2 sim/c3",
                "{'clusters': ['c1']}                                     | sim/c1",
                "{'clusters': ['c2']}                                     | sim/c2 other/c2",
                "{'clusters': ['other/c2', 'c3']}                         | other/c2 sim/c3",
                "{'clusters': ['nowhere']}                                | ''",
                "{'excludeClusters': ['c2']}                              | sim/c1 sim/c3",
                "{'excludeClusters': ['sim/c2']}                          | sim/c1 other/c2 sim/c3",
                "{'excludeClusters': []}                                  | sim/c1 sim/c2 other/c2 sim/c3",
                "{'labels': {}}                                           | sim/c1 sim/c2 other/c2 sim/c3",
                "{'labels': {'tier': 'edge'}}                             | sim/c2 other/c2",
                "{'labels': {'tier': 'edge', 'region': 'us'}}             | other/c2",
                "{'labels': {'tier': 'Edge'}}                             | ''",
                "{'clusters': ['c2', 'c1'], 'labels': {'region': 'eu'}}   | sim/c1 sim/c2",
                "{'clusters': ['c2'], 'excludeClusters': ['other/c2']}    | sim/c2"
            })
    void locationAllowsOnlyWhatMatchesEveryPart(String json, String expected) {
        RecordingRequirements requirements = apply("location", json);
        List<String> allowed = CLUSTERS.stream()
                .filter(cluster -> requirements.refusals("filter", cluster).isEmpty())
                .map(cluster -> cluster.id().toString())
                .toList();
        assertThat(allowed).isEqualTo(expected.equals("''") ? List.of() : List.of(expected.split(" ", -1)));
        assertThat(schemaComplaints("location", json)).isZero();
    }

    @Test
    void locationSaysWhyForEachPart() {
        RecordingRequirements requirements =
                apply("location", "{'clusters': ['c1', 'c3'], 'excludeClusters': ['c2'], 'labels': {'tier': 'cloud'}}");
        assertThat(requirements.refusals("filter", CLUSTERS.get(1)))
                .containsExactly(
                        "location: only on c1, c3", "location: not on c2", "location: needs the label tier=cloud");
        assertThat(requirements.refusals("capture", CLUSTERS.get(1))).isEmpty();
    }

    @Test
    void aClusterCannotBeWantedAndExcluded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> apply("location", "{'clusters': ['c1', 'c2'], 'excludeClusters': ['c2']}"))
                .withMessage("/hdaGraph/services/1/deployment/intent/location:"
                        + " c2 stands in both clusters and excludeClusters");
    }

    @Test
    void antiAffinityKeepsServicesApart() {
        assertThat(apply("antiAffinity", "['detect', 'capture']").calls())
                .containsExactly("apart filter detect", "apart filter capture");
        assertThat(apply("antiAffinity", "[]").calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "['capture', 'ghost'] | antiAffinity/1: service ghost is not part of the graph",
                "['filter']           | antiAffinity/0: service filter refers to itself"
            })
    void antiAffinityNamesTheWrongReference(String json, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> apply("antiAffinity", json))
                .withMessage("/hdaGraph/services/1/deployment/intent/" + message);
    }

    @Test
    void spreadAsksForSeveralClusters() {
        assertThat(apply("spread", "{'overClusters': 2}").calls()).containsExactly("spread filter 2");
        assertThat(apply(
                                "spread",
                                "{'minReplicasPerCluster': 2, 'maxReplicasPerCluster': 5, 'survivingPercent': 50, 'weights': 'freeCapacity'}")
                        .calls())
                .containsExactly("spread filter 1 2-5 surviving 50 FREE_CAPACITY {}");
    }

    @Test
    void onlyClustersWithAWeightRunReplicas() {
        RecordingRequirements requirements = apply("spread", "{'weights': {'c1': 2, 'other/c2': 1}}");
        assertThat(requirements.calls())
                .hasSize(2)
                .first()
                .isEqualTo("spread filter 1 1-2147483647 surviving 0 WEIGHTS {c1=2, other/c2=1}");
        assertThat(requirements.calls().get(1)).contains("spread: its weights do not name the cluster");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "location     | []",
                "location     | {'clusters': []}",
                "location     | {'clusters': 'c1'}",
                "location     | {'clusters': ['']}",
                "location     | {'clusters': ['c1', 'c1']}",
                "location     | {'cluster': ['c1']}",
                "location     | {'labels': {'tier': 1}}",
                "location     | {'labels': ['tier']}",
                "antiAffinity | 'capture'",
                "antiAffinity | [{'id': 'capture'}]",
                "antiAffinity | ['capture', 'capture']",
                "spread       | {}",
                "spread       | {'overClusters': 0}",
                "spread       | {'overClusters': 1.5}",
                "spread       | {'overClusters': 2147483648}",
                "spread       | {'overClusters': 2, 'zones': 2}",
                "spread       | {'minReplicasPerCluster': 0}",
                "spread       | {'survivingPercent': 100}",
                "spread       | {'weights': {}}",
                "spread       | {'weights': {'c1': 0}}",
                "spread       | {'weights': 'equal'}"
            })
    void schemaRefuses(String name, String json) {
        assertThat(schemaComplaints(name, json)).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "location     | {'x-note': 1, 'labels': {'topology.kubernetes.io/zone': 'a'}}",
                "antiAffinity | ['capture']",
                "spread       | {'overClusters': 1, 'x-note': 'test'}",
                "spread       | {'weights': {'c1': 3}, 'minReplicasPerCluster': 1, 'maxReplicasPerCluster': 2}",
                "spread       | {'weights': 'freeCapacity', 'survivingPercent': 99}"
            })
    void schemaAccepts(String name, String json) {
        assertThat(schemaComplaints(name, json)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"location", "antiAffinity", "spread"})
    void theIntentAppliesToServices(String name) {
        assertThat(HANDLERS.get(name).scopes(name)).containsExactly(Scope.SERVICE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HANDLERS.get(name).apply(graphIntent(name, "{}"), new RecordingRequirements()))
                .withMessageContaining("belongs to a service");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "location     | 'c1'              | location: expected an object",
                "location     | {'clusters': 1}   | location/clusters: expected a list of texts",
                "location     | {'clusters': [1]} | location/clusters/0: expected a text",
                "location     | {'labels': {'a/b': 1}} | location/labels/a~1b: expected a text",
                "antiAffinity | {}                | antiAffinity: expected a list of service ids",
                "spread       | {'overClusters': 'all'} | spread/overClusters: expected a whole number",
                "spread       | {'overClusters': 1.5} | spread/overClusters: 1.5 is not a whole number in range",
                "spread       | {'overClusters': 0} | spread/overClusters: 0, expected 1 to 2147483647",
                "spread       | {'survivingPercent': 100} | spread/survivingPercent: 100, expected 0 to 99",
                "spread       | {'weights': {'c1': 0}} | spread/weights/c1: 0, expected 1 to 1000000",
                "spread       | {'minReplicasPerCluster': 3, 'maxReplicasPerCluster': 2} | spread/maxReplicasPerCluster: 2 is less than minReplicasPerCluster, which is 3",
                "spread       | {'overClusters': 3, 'weights': {'c1': 1, 'c2': 2}} | spread/weights: names 2 clusters, overClusters asks for 3"
            })
    void valuesThatCameAroundTheSchemaAreRefusedWithAPointer(String name, String json, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> apply(name, json))
                .withMessage("/hdaGraph/services/1/deployment/intent/" + message);
    }

    private static RecordingRequirements apply(String name, String json) {
        RecordingRequirements requirements = new RecordingRequirements();
        HANDLERS.get(name).apply(serviceIntent(name, "filter", json), requirements);
        return requirements;
    }

    private static int schemaComplaints(String name, String json) {
        return complaints(HANDLERS.get(name).schema(name, Scope.SERVICE), json);
    }

    private static ClusterState cluster(String source, String name, Map<String, String> labels) {
        return new ClusterState(
                new ClusterId(source, name),
                true,
                Resources.NONE,
                Resources.NONE,
                "",
                labels,
                EnergyProfile.UNKNOWN,
                Set.of(),
                Instant.EPOCH);
    }

    private static int complaints(JsonObject schema, String json) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toJson())
                .validate(SampleJson.value(json).toJson(), InputFormat.JSON)
                .size();
    }
}
