// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.lab.conformance.Columns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FederationGeneratorTest {

    /** The files of the Python program, byte for byte. */
    @ParameterizedTest(name = "{0} services, {1} clusters, tight {2}, seed {3}")
    @CsvSource({
        "1, 1, true, 3, 3d58b872cf01d3b7fbec19223eaf3fc8683606c38651422b7a63c22b3d422a4d",
        "10, 5, false, 1, 11baff3535f8e027d55160ab1b32143cac368bcfa03f23d164795ead646cb270",
        "10, 5, true, 1, fff614ce34a9c3602d47c9ecd9f52432e7dfe9698f9f208378c49335ffa50223",
        "50, 10, true, 1, 951de54763fd373a3d7c05451dcc8fa5da209762a571bc8f462f0b46c08ebe4e",
        "85, 6, false, 5, 9a2c07f400e07a9ac96ece8e1cb261202659420215dd5bbff9bc63101859eed2",
        "86, 6, true, 5, ba9b6d40b4998fb8b4d831ba7640a0fb1ae8fc58da0271fdf5ff275e1b5f5fa6",
        "200, 20, false, 7, d994c07aeb4619cf2f5fcdf9208727ba7ed3cebdccef47440d678e93c435452e",
        "1000, 100, true, 1, b85f6908af6bc833982291790ec10a1b7622a0bbebd657164b5b3177edf956d6",
        "3000, 80, false, 2, 66ef86746552450a523c3307773394c191c1b2b86c0582021ec796d73153acf4"
    })
    void instancesAreThoseOfTheProgramThatDefinesTheFormat(
            int services, int clusters, boolean tight, int seed, String sha256) throws Exception {
        byte[] content =
                (FederationGenerator.generate(services, clusters, tight, seed) + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)))
                .isEqualTo(sha256);
    }

    @ParameterizedTest
    @CsvSource({"10, 5, true", "80, 4, true", "120, 30, false", "1, 1, true", "2, 1, false"})
    void thePlacementThatWasThereFirstKeepsAllRules(int services, int clusters, boolean tight) throws IOException {
        for (int seed = 1; seed <= 10; seed++) {
            ObjectNode root = FederationGenerator.generate(services, clusters, tight, seed);
            Instance instance =
                    InstanceReader.read("generated", root, Optional.empty(), Optional.of(InstanceObjective.ALL));
            int[] planted = StreamSupport.stream(root.required("planted").spliterator(), false)
                    .mapToInt(cluster -> cluster.asInt())
                    .toArray();
            assertThat(Feasibility.violations(instance.request(), Columns.placement(instance.request(), planted)))
                    .isEmpty();
        }
    }

    @Test
    void aTextNamesAnInstance() throws IOException {
        Instance instance = InstanceSource.generated("12,4,loose,7").read(Optional.empty(), Optional.empty());
        assertThat(instance.name()).isEqualTo("fed-s12-c4-loose-7");
        assertThat(instance.objective()).isEqualTo(InstanceObjective.WIDE);
        assertThat(instance.request().services()).hasSize(12);
        assertThat(instance.request().clusters()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12,4,loose",
                "0,4,loose,1",
                "12,4,close,1",
                "12,4,tight,-1",
                "12,4,tight,1,2",
                "999999,4,tight,1"
            })
    void anotherTextNamesNone(String text) {
        assertThatThrownBy(() -> InstanceSource.generated(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected SERVICES,CLUSTERS,loose|tight,SEED");
    }
}
