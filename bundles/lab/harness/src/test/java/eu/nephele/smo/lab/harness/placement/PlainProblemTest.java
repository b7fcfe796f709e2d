// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainProblemTest {

    @TempDir
    Path folder;

    private String plain(String content, InstanceObjective objective) throws IOException {
        StringWriter out = new StringWriter();
        PlainProblem.write(
                InstanceReader.read(Samples.file(folder, content), Optional.empty(), Optional.of(objective)), out);
        return out.toString().replace(" \n", "\n");
    }

    @Test
    void aFederationHasDemandCapacityCostsLinksDistancesAndGroups() throws IOException {
        assertThat(plain(
                        Samples.FEDERATION.replace("\"together\": []", "\"together\": [[0, 1]]"),
                        InstanceObjective.ALL))
                .isEqualTo("""
                        2 3 3
                        1100 0 1048576000
                        1000 2 1258291200
                        8000 0 8589934592
                        8000 4 8589934592
                        1500 4 8589934592
                        38 104 55
                        33 267 12
                        0 0 0
                        1
                        0 1 3
                        0 14 4
                        14 0 14
                        4 14 0
                        1
                        2 0 1
                        1
                        0 1
                        0
                        """);
    }

    @Test
    void theCapacityOfAnAgentIsNoLimitForTheOthers() throws IOException {
        assertThat(plain(Samples.ASSIGNMENT, InstanceObjective.GAP)).isEqualTo("""
                        3 2 2
                        5 3
                        5 3
                        5 9
                        10 -1
                        -1 6
                        1 4
                        2 1
                        3 3
                        0 0
                        0
                        0
                        0
                        0
                        """);
    }

    /** What instances of files do not have. */
    @Test
    void aRequestHasForbiddenClustersOpeningsAndPlacesThatAreTooFarApart() throws IOException {
        PlacementService service = new PlacementService("s", new Resources(1, 0, 0, 0), 1, 1);
        PlacementRequest request = new PlacementRequestBuilder(
                        new GraphId("p", "g"),
                        DecisionReason.DEPLOY,
                        List.of(service, new PlacementService("t", service.perReplica(), 1, 1)),
                        List.of(cluster("c1"), cluster("c2")))
                .forbid(0, 1, "outside")
                .link(new PlacementLink(0, 1, 2, OptionalDouble.of(10)))
                .latency(0, 1, 11)
                .latency(1, 0, 10)
                .build();
        PlacementRequest priced = request.withCosts(List.of(new Costs() {
            @Override
            public long assign(int row, int column) {
                return MICROS;
            }

            @Override
            public long open(int column) {
                return column * MICROS;
            }

            @Override
            public long distance(int from, int to) {
                return from == to ? 0 : 3 * MICROS;
            }
        }));
        StringWriter out = new StringWriter();
        PlainProblem.write(new Instance("x", InstanceObjective.ALL, priced, OptionalLong.empty()), out);
        assertThat(out.toString().replace(" \n", "\n")).endsWith("""
                        1 -1
                        1 1
                        0 1
                        1
                        0 1 2
                        0 3
                        3 0
                        0
                        0
                        1
                        0 0 1 1
                        """);
    }

    private static ClusterCapacity cluster(String name) {
        return ClusterCapacity.of(new ClusterId("test", name), new Resources(4, 0, 0, 0));
    }
}
