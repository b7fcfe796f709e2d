// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.preferences;

import static eu.nephele.smo.lab.conformance.SampleGraphs.graphIntent;
import static eu.nephele.smo.lab.conformance.SampleGraphs.serviceIntent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.conformance.RecordingRequirements;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencesTest {

    private static final String REGION = "topology.kubernetes.io/region";
    private static final String COUNTRY = "smo.nephele.eu/country";

    private static final Map<String, IntentHandler> HANDLERS = Map.of(
            "dataResidency", new DataResidencyHandler(),
            "regionPreference", new RegionPreferenceHandler(),
            "pricePreference", new PricePreferenceHandler());

    private static final List<ClusterState> CLUSTERS = List.of(
            cluster("ghent", "Ghent", Map.of(REGION, "be-west-1", COUNTRY, "be")),
            cluster("paris", "", Map.of(REGION, "eu-3", COUNTRY, "FR")),
            cluster("mons", "", Map.of(REGION, "be")),
            cluster("lie", "", Map.of(REGION, "be-east-1")),
            cluster("nowhere", "", Map.of(COUNTRY, "be")),
            cluster("unknown", "", Map.of()));

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "['be']                                       | ghent mons nowhere",
                "['fr', 'ghent']                              | ghent paris",
                "['eu']                                       | ",
                "{'countries': ['BE']}                        | ghent nowhere",
                "{'countries': ['eu']}                        | ",
                "{'regions': ['be-west-1', 'eu-3']}           | ghent paris",
                "{'countries': ['be'], 'regions': ['ghent']}  | ghent",
                "{'exclude': ['fr']}                          | ghent",
                "{'exclude': ['FR', 'be-east-1']}             | ghent",
                "{'exclude': ['eu-3']}                        | ghent",
                "{'countries': ['be'], 'exclude': ['ghent']}  | "
            })
    void dataResidencyAllowsOnlyClustersThatAreKnownToBeThere(String json, String expected) {
        RecordingRequirements requirements = apply(graphIntent("dataResidency", json));
        for (String service : List.of("capture", "filter", "detect")) {
            String allowed = CLUSTERS.stream()
                    .filter(cluster -> requirements.refusals(service, cluster).isEmpty())
                    .map(cluster -> cluster.id().name())
                    .collect(Collectors.joining(" "));
            assertThat(allowed).isEqualTo(expected == null ? "" : expected);
        }
    }

    @Test
    void inAServiceItIsAboutThatServiceOnly() {
        RecordingRequirements requirements = apply(serviceIntent("dataResidency", "filter", "['fr']"));
        assertThat(requirements.refusals("filter", CLUSTERS.get(0))).containsExactly("dataResidency: only in fr");
        assertThat(requirements.refusals("detect", CLUSTERS.get(0))).isEmpty();
    }

    @Test
    void aRegionFurtherDownTheListFulfilsFewerPreferences() {
        RecordingRequirements requirements =
                apply(serviceIntent("regionPreference", "filter", "{'regions': ['fr', 'be'], 'weight': 4}"));
        assertThat(requirements.calls())
                .containsExactly(
                        "prefer filter 2.0: regionPreference: rather in fr",
                        "prefer filter 2.0: regionPreference: rather in fr, be");
        assertThat(CLUSTERS.stream().map(cluster -> requirements
                        .preferencesAgainst("filter", cluster, ClusterSignals.UNKNOWN)
                        .size()))
                .containsExactly(1, 0, 1, 2, 1, 2);
        assertThat(apply(graphIntent("regionPreference", "['be']")).calls())
                .containsExactly(
                        "prefer capture 10.0: regionPreference: rather in be",
                        "prefer filter 10.0: regionPreference: rather in be",
                        "prefer detect 10.0: regionPreference: rather in be");
    }

    @ParameterizedTest
    @CsvSource({"low, 1.0", "medium, 10.0", "high, 100.0"})
    void theImportanceOfThePriceIsAWeight(String word, String weight) {
        assertThat(apply(graphIntent("pricePreference", "'%s'".formatted(word))).calls())
                .containsExactly("weight price " + weight);
    }

    @ParameterizedTest
    @CsvSource({"0.05, true", "0.051, false", "NaN, false"})
    void aLimitOfThePriceIsHard(double price, boolean allowed) {
        RecordingRequirements requirements =
                apply(serviceIntent("pricePreference", "filter", "{'maxPerCpuHour': 0.05}"));
        ClusterSignals signals = new ClusterSignals(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Double.isNaN(price) ? OptionalDouble.empty() : OptionalDouble.of(price),
                List.of());
        assertThat(requirements.refusals("filter", CLUSTERS.get(0), signals).isEmpty())
                .isEqualTo(allowed);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "dataResidency    | []                                      | : expected at least one place",
                "dataResidency    | [1]                                     | /0: expected a text",
                "dataResidency    | {}                                      | : expected countries, regions or exclude",
                "dataResidency    | {'countries': ['BE'], 'exclude': ['be']} | : BE is allowed and excluded",
                "dataResidency    | 'be'                                    | : expected an object",
                "regionPreference | {}                                      | : expected at least one region",
                "pricePreference  | 'highest'                               | : expected one of low, medium, high",
                "pricePreference  | {'importance': 'x'}                     | /importance: expected one of low, medium, high",
                "pricePreference  | {'maxPerCpuHour': 'x'}                  | /maxPerCpuHour: expected a finite number"
            })
    void whatMakesNoSenseIsRefusedWithItsPlace(String name, String json, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> apply(graphIntent(name, json)))
                .withMessage("/hdaGraph/hdaGraphIntent/" + name + message);
    }

    private static RecordingRequirements apply(Intent intent) {
        RecordingRequirements requirements = new RecordingRequirements();
        HANDLERS.get(intent.name()).apply(intent, requirements);
        return requirements;
    }

    private static ClusterState cluster(String name, String location, Map<String, String> labels) {
        return new ClusterState(
                new ClusterId("test", name),
                true,
                Resources.NONE,
                Resources.NONE,
                location,
                labels,
                EnergyProfile.UNKNOWN,
                Set.of(),
                Instant.EPOCH);
    }
}
