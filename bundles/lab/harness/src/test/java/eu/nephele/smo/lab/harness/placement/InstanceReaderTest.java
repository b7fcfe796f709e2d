// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.lab.conformance.Columns;
import eu.nephele.smo.lab.conformance.Pricing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceReaderTest {

    @TempDir
    Path folder;

    private Instance read(String content, InstanceObjective objective) throws IOException {
        return InstanceReader.read(Samples.file(folder, content), Optional.empty(), Optional.of(objective));
    }

    /**
     * By hand, s1 on c1: 3 to deploy, 5 + 1 to pay, 1 + 0 of energy, 4 · 7 for users in the other zone, together 38; on c2 104 and on c3 55,
     * 22 of them for the move. s2 costs 267 on c2 and 12 on c3. Traffic 2 · 3 over 7 ms is 42, within a zone 12.
     */
    @ParameterizedTest(name = "{0}: {1}, {2} costs {3}")
    @CsvSource({
        "REF, 0, 1, 2",
        "REF, 2, 1, 3",
        "WIDE, 0, 1, 305",
        "WIDE, 1, 1, 371",
        "WIDE, 2, 1, 322",
        "WIDE, 0, 2, 50",
        "COMM, 0, 1, 347",
        "COMM, 0, 2, 62",
        "COMM, 1, 1, 371",
        "ALL, 0, 2, 62"
    })
    void costsOfAFederationAreThoseOfTheFormat(InstanceObjective objective, int first, int second, long cost)
            throws IOException {
        PlacementRequest request = read(Samples.FEDERATION, objective).request();
        assertThat(Pricing.total(request, Columns.placement(request, first, second), 0))
                .isEqualTo(cost * Costs.MICROS);
    }

    @Test
    void capacitiesOfAFederationAndWhatMustBeApartAreRules() throws IOException {
        PlacementRequest wide = read(Samples.FEDERATION, InstanceObjective.WIDE).request();
        assertThat(Feasibility.violations(wide, Columns.placement(wide, 0, 1))).isEmpty();
        assertThat(Feasibility.violations(wide, Columns.placement(wide, 1, 1))).isEmpty();
        assertThat(Feasibility.violations(wide, Columns.placement(wide, 0, 0))).isNotEmpty();
        assertThat(Feasibility.violations(wide, Columns.placement(wide, 2, 2))).isNotEmpty();
        PlacementRequest all = read(Samples.FEDERATION, InstanceObjective.ALL).request();
        assertThat(Feasibility.violations(all, Columns.placement(all, 0, 1))).isEmpty();
        assertThat(Feasibility.violations(all, Columns.placement(all, 1, 1))).isNotEmpty();
    }

    @Test
    void eachAgentHasACapacityOfItsOwn() throws IOException {
        Instance instance = read(Samples.ASSIGNMENT, InstanceObjective.GAP);
        PlacementRequest request = instance.request();
        assertThat(instance.knownBound()).hasValue(5);
        assertThat(Feasibility.violations(request, Columns.placement(request, 0, 1, 0)))
                .isEmpty();
        assertThat(Feasibility.violations(request, Columns.placement(request, 1, 1, 0)))
                .isEmpty();
        assertThat(Feasibility.violations(request, Columns.placement(request, 0, 0, 0)))
                .isNotEmpty();
        assertThat(Feasibility.violations(request, Columns.placement(request, 0, 0, 1)))
                .isNotEmpty();
        assertThat(Pricing.total(request, Columns.placement(request, 0, 1, 0), 0))
                .isEqualTo(5 * Costs.MICROS);
    }

    @Test
    void eachReplicaOfAnApplicationIsAServiceOnTheFirstCluster() throws IOException {
        PlacementRequest request =
                read(Samples.APPLICATIONS, InstanceObjective.REF).request();
        assertThat(request.services()).hasSize(6);
        assertThat(request.current(5)).hasValue(0);
        assertThat(Pricing.total(request, Columns.placement(request, 0, 0, 0, 0, 1, 1), 0))
                .isEqualTo(8 * Costs.MICROS);
        assertThat(Feasibility.violations(request, Columns.placement(request, 0, 0, 0, 0, 0, 1)))
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0} instead of {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"current\": 0 | \"current\": 3 | services[0].current is 3 of 3 clusters",
                "[5, 2, 9] | [5, 2] | No value at index #2",
                "\"id\": \"sample\" | \"id\": \"a,b\" | id 'a,b': only letters",
                "\"userZone\": 1 | \"userZone\": 7 | No value at index #7",
                "\"replicas\": 2 | \"replicas\": -2 | replicas=-2",
                "\"moveCost\": 11 | \"moveCost\": 9000000000000000000 | overflow"
            })
    void whatIsWrongInAnInstanceIsNamed(String good, String bad, String expected) {
        assertThatThrownBy(() -> read(Samples.FEDERATION.replace(good, bad), InstanceObjective.WIDE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no valid instance")
                .hasMessageContaining(expected);
    }

    @Test
    void whatIsNoInstanceIsNamed() {
        assertThatThrownBy(() -> read(Samples.ASSIGNMENT, InstanceObjective.WIDE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its objective is GAP, not WIDE");
        assertThatThrownBy(() -> read("{}", InstanceObjective.WIDE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has the format none; known are federation/1, gap/1, mcbench-case/1");
        assertThatThrownBy(() -> read("{\"format\": \"federation/1\"}", InstanceObjective.WIDE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no valid instance")
                .hasMessageContaining("services");
        assertThatThrownBy(() -> InstanceReader.read(
                        Samples.file(folder, Samples.ASSIGNMENT), Optional.of("mcbench"), Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has the format gap/1, not mcbench");
    }
}
