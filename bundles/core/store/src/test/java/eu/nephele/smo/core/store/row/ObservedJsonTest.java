// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservedJsonTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");

    @Test
    void readyReplicasAreKeptByCluster() {
        Map<String, ObservedService> services = Map.of(
                "web",
                new ObservedService(
                        ServiceState.DEGRADED,
                        List.of(new Share(C1, 2), new Share(C2, 1)),
                        3,
                        Optional.empty(),
                        List.of(),
                        "one replica is away"));
        assertThat(ObservedJson.services(ObservedJson.ofServices(services))).isEqualTo(services);
    }

    @Test
    void theSumOfAFormerVersionIsWhereTheServiceWasComplete() {
        assertThat(former("\"settled\": [{\"source\": \"sim\", \"name\": \"c1\", \"replicas\": 4}],")
                        .ready())
                .containsExactly(new Share(C1, 3));
        assertThat(former("").ready()).isEmpty();
    }

    private static ObservedService former(String settled) {
        JsonValue row = StrictJson.parse("""
                [{"service": "web", "state": "DEGRADED", "readyReplicas": 3, %s "assignment": 1, "message": ""}]""".formatted(settled));
        return ObservedJson.services(row).get("web");
    }
}
