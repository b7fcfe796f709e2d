// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.chaos.ChaosOptions.Outer;
import eu.nephele.smo.lab.harness.command.DatabaseKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainersChaosResultTest {

    private static ContainersChaosResult result(long failedAlone, long failedByHand, List<ChaosFinding> findings) {
        return new ContainersChaosResult(
                new ChaosOptions(
                        3, 7, Outer.CONTAINERS, DatabaseKind.H2, false, new Traffic(1, 1, false), 0, false, List.of()),
                new Kills(1, Map.of(ServerStep.UPDATE, 2), List.of(5000L, 4000L, 9000L)),
                61.25,
                new ClientAnswers(Map.of("scale up", 4), 1, 0, 0, List.of()),
                new VisitReport(1000, failedAlone, List.of()),
                new VisitReport(500, failedByHand, List.of()),
                6,
                80,
                findings);
    }

    @Test
    void theLineOfJsonHasAllCounts() {
        assertThat(result(0, 3, List.of(ChaosFinding.lost("web", "2 containers", "1")))
                        .json())
                .isEqualTo(
                        "{\"kills\":3,\"acknowledged\":4,\"requests\":1000,\"failedRequests\":0,\"killedContainers\":6,"
                                + "\"requestsWhileContainersWereKilled\":500,\"failedRequestsWhileContainersWereKilled\":3,"
                                + "\"lost\":1,\"orphaned\":0,\"doubled\":0,\"stuck\":0,\"recoverySecondsMedian\":5.0,"
                                + "\"recoverySecondsMax\":9.0,\"killsPerStep\":{\"deploy\":0,\"update\":2,\"alert\":0,\"scale\":0,"
                                + "\"move\":0,\"stop\":0,\"remove\":0},\"auditEntries\":80,\"seed\":7,\"world\":\"containers\","
                                + "\"database\":\"h2\",\"seconds\":61.3}");
    }

    @Test
    void requestsMayFailOnlyWhileContainersAreKilled() {
        assertThat(result(0, 3, List.of()).isGood()).isTrue();
        assertThat(result(1, 0, List.of()).isGood()).isFalse();
        assertThat(result(0, 0, List.of(ChaosFinding.stuck("the pool", "READY", "FAILED")))
                        .isGood())
                .isFalse();
    }
}
