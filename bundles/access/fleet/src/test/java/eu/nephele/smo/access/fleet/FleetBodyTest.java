// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.fleet.FleetRequest.AddedCluster;
import eu.nephele.smo.core.contract.fleet.FleetRequest.WhatIf;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetBodyTest {

    private static FleetRequest read(String body) {
        return FleetBody.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyMemberIsRead() {
        FleetRequest request = read("""
                {
                  "graphs": ["p/a", "p/b"],
                  "objectives": {"carbon": 2, "cost": 0.5},
                  "maxMoves": 10,
                  "strategy": "greedy",
                  "budgetSeconds": 3,
                  "whatIf": {
                    "clusters": {"c1": "lost"},
                    "demand": 1.5,
                    "add": [{"name": "new", "cpuMillis": 4000, "memoryBytes": 1024, "labels": {"zone": "a"}}]
                  }
                }
                """);
        AddedCluster added =
                new AddedCluster("new", new Resources(4_000, 1_024, Resources.UNLIMITED, 0), Map.of("zone", "a"));
        assertThat(request)
                .isEqualTo(new FleetRequest(
                        Set.of(new GraphId("p", "a"), new GraphId("p", "b")),
                        Map.of("carbon", 2.0, "cost", 0.5),
                        OptionalInt.of(10),
                        Optional.of("greedy"),
                        OptionalInt.of(3),
                        Optional.of(new WhatIf(Set.of("c1"), 1.5, List.of(added)))));
    }

    @Test
    void anEmptyQuestionIsAsConfigured() {
        assertThat(read("{}")).isEqualTo(FleetRequest.STANDARD);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"graphs\": {\"a\": 1}}                                                  | /graphs",
                "{\"graphs\": []}                                                          | /graphs",
                "{\"graphs\": [7]}                                                         | /graphs/0",
                "{\"objectives\": {\"cost\": -1}}                                          | /objectives/cost",
                "{\"maxMoves\": 1.5}                                                       | /maxMoves",
                "{\"whatIf\": []}                                                          | /whatIf",
                "{\"whatIf\": {\"other\": 1}}                                              | /whatIf/other",
                "{\"whatIf\": {\"demand\": \"2\"}}                                         | /whatIf/demand",
                "{\"whatIf\": {\"demand\": 0}}                                             | /whatIf/demand",
                "{\"whatIf\": {\"clusters\": [\"c1\"]}}                                    | /whatIf/clusters",
                "{\"whatIf\": {\"clusters\": \"c1\"}}                                      | /whatIf/clusters",
                "{\"whatIf\": {\"clusters\": {\"c1\": true}}}                              | /whatIf/clusters/c1",
                "{\"whatIf\": {\"clusters\": {\"sim/c1\": true}}}                                 | /whatIf/clusters/sim~1c1",
                "{\"whatIf\": {\"add\": {\"name\": \"n\"}}}                                | /whatIf/add",
                "{\"whatIf\": {\"add\": [3]}}                                              | /whatIf/add/0",
                "{\"whatIf\": {\"add\": [{\"name\":\"n\",\"cpuMillis\":\"9\",\"memoryBytes\":1}]}} | /whatIf/add/0/cpuMillis",
                "{\"whatIf\": {\"add\": [{\"name\":\"n\",\"cpuMillis\":1.5,\"memoryBytes\":1}]}} | /whatIf/add/0/cpuMillis",
                "{\"whatIf\": {\"add\": [{\"name\":\"n\",\"cpuMillis\":1,\"memoryBytes\":9223372036854775808}]}} | /whatIf/add/0/memoryBytes",
                "{\"whatIf\": {\"add\": [{\"name\":\"a/b\",\"cpuMillis\":1,\"memoryBytes\":1}]}} | /whatIf/add/0/name",
                "{\"whatIf\": {\"add\": [{\"name\":\"n\",\"cpuMillis\":1,\"memoryBytes\":1,\"labels\":{\"x\":1}}]}} | /whatIf/add/0/labels/x"
            })
    void aMistakeIsRefusedWithItsPlace(String body, String pointer) {
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> read(body))
                .satisfies(why -> assertThat(why.kind()).isEqualTo(SmoException.Kind.INVALID))
                .satisfies(why -> assertThat(why.violations())
                        .extracting(Violation::pointer)
                        .containsExactly(pointer));
    }

    @Test
    void clustersAreAddedOnceAndNotWithoutLimit() {
        String one = "{\"name\":\"n\",\"cpuMillis\":1,\"memoryBytes\":1}";
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> read("{\"whatIf\": {\"add\": [%s, %s]}}".formatted(one, one)))
                .satisfies(why -> assertThat(why.violations())
                        .extracting(Violation::message)
                        .containsExactly("n is added twice"));
        String many = IntStream.range(0, 101).mapToObj(i -> one).collect(Collectors.joining(","));
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> read("{\"whatIf\": {\"add\": [%s]}}".formatted(many)))
                .satisfies(why -> assertThat(why.violations())
                        .extracting(Violation::message)
                        .containsExactly("expected a list of at most 100 clusters"));
    }
}
