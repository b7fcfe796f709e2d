// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.chaos.ChaosOptions.Outer;
import eu.nephele.smo.lab.harness.command.DatabaseKind;
import eu.nephele.smo.lab.remote.world.OwnerReport;
import eu.nephele.smo.lab.remote.world.WriteReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChaosResultTest {

    private final ChaosResult result = new ChaosResult(
            new ChaosOptions(
                    20, 7, Outer.CONTEXTS, DatabaseKind.H2, false, new Traffic(4, 2, false), 40, false, List.of()),
            new Kills(3, Map.of(ServerStep.MOVE, 4), List.of(3000L, 1000L, 2000L)),
            61.26,
            new ClientAnswers(Map.of("deploy", 5, "stop", 2), 4, 1, 0, List.of("place of chaos/g3: 400")),
            new ChaosResult.EndState(Map.of("SUCCEEDED", 6, "SUPERSEDED", 1), Map.of("RUNNING", 2), 3, 21, 1),
            1234,
            new WriteReport(9, 8, 7, 6, 0, List.of()),
            false,
            List.of(
                    ChaosFinding.lost("chaos/g1", "version 1.0.3", "version 1.0.2"),
                    ChaosFinding.stuck("chaos/g2", "an end", "none")),
            Optional.empty());

    @Test
    void theJsonHasWhatProgramsLookFor() {
        assertThat(result.json())
                .isEqualTo(
                        "{\"kills\":20,\"acknowledged\":7,\"lost\":1,\"orphaned\":0,\"doubled\":0,\"stuck\":1,"
                                + "\"killsPerStep\":{\"deploy\":0,\"update\":0,\"alert\":0,\"scale\":0,\"move\":4,\"stop\":0,\"remove\":0},"
                                + "\"divided\":3,\"auditEntries\":21,\"auditWaiting\":1,\"seed\":7,\"world\":\"contexts\",\"database\":\"h2\",\"seconds\":61.3}");
    }

    @Test
    void twoServersHaveMembersOfTheirOwn() {
        ChaosResult two = with(new StandbyReport(
                new OwnerReport(
                        3, Map.of(2L, 70L, 3L, 9L), 1, 4, 0, List.of("PUT /releases of a, epoch 2, after epoch 3")),
                new StandbyReads.ReadSummary(500, 2, List.of("server 1: GET /health/ready: 503"), 77),
                List.of(7000L, 6000L),
                Map.of(OwnerFailure.KILL, 1, OwnerFailure.CUT, 1),
                Map.of(OwnerFailure.KILL, 0L, OwnerFailure.CUT, 3L),
                5,
                4));
        assertThat(two.json())
                .contains("\"writesOfAFormerOwner\":1,\"lateWrites\":4,\"failedReads\":2,\"takeoverMillisMax\":7000,"
                        + "\"takeovers\":2,\"hits\":{\"kill\":1,\"stop\":0,\"cut\":1},"
                        + "\"lateWritesByHit\":{\"kill\":0,\"stop\":0,\"cut\":3},\"seed\":7");
        assertThat(two.table())
                .contains(
                        "2, after 6000 to 7000 ms, median 7000 ms",
                        "{2=70, 3=9}",
                        "1, late writes 3",
                        "500, the longest 77 ms",
                        "not written by the owner: PUT /releases of a",
                        "failed read: server 1: GET /health/ready: 503");
    }

    @Test
    void aWriteOfAFormerOwnerAFailedReadAndALongTakeoverAreNotGood() {
        assertThat(with(standby(0, 0, 0, 10_000)).isGood()).isTrue();
        assertThat(with(standby(1, 0, 0, 10_000)).isGood()).isFalse();
        assertThat(with(standby(0, 1, 0, 10_000)).isGood()).isFalse();
        assertThat(with(standby(0, 0, 1, 10_000)).isGood()).isFalse();
        assertThat(with(standby(0, 0, 0, 10_001)).isGood()).isFalse();
    }

    @Test
    void onlyAProcessThatStoodStillMayWriteLate() {
        assertThat(with(standby(Map.of(OwnerFailure.STOP, 2L, OwnerFailure.KILL, 0L)))
                        .isGood())
                .isTrue();
        assertThat(with(standby(Map.of(OwnerFailure.KILL, 1L))).isGood()).isFalse();
        assertThat(with(standby(Map.of(OwnerFailure.CUT, 1L))).isGood()).isFalse();
    }

    private static StandbyReport standby(Map<OwnerFailure, Long> late) {
        return new StandbyReport(
                new OwnerReport(2, Map.of(), 0, 2, 0, List.of()),
                new StandbyReads.ReadSummary(9, 0, List.of(), 5),
                List.of(5_000L),
                Map.of(OwnerFailure.STOP, 1),
                late,
                0,
                0);
    }

    private static StandbyReport standby(int formerWrites, int nobodysWrites, int failedReads, long takeoverMillis) {
        return new StandbyReport(
                new OwnerReport(2, Map.of(), formerWrites, 9, nobodysWrites, List.of()),
                new StandbyReads.ReadSummary(9, failedReads, List.of(), 5),
                List.of(takeoverMillis),
                Map.of(OwnerFailure.STOP, 1),
                Map.of(),
                0,
                0);
    }

    private ChaosResult with(StandbyReport standby) {
        return new ChaosResult(
                result.options(),
                result.kills(),
                result.seconds(),
                result.answers(),
                result.end(),
                result.workersOutliveMillis(),
                result.writes(),
                result.overbooked(),
                List.of(),
                Optional.of(standby));
    }

    @Test
    void theTableNamesEachFinding() {
        assertThat(result.table())
                .contains(
                        "20, of which 3 during a start",
                        "scale 0, move 4, stop 0",
                        "1000 to 3000 ms, median 2000 ms",
                        "7  {deploy=5, stop=2}",
                        "{RUNNING=2}",
                        "lost chaos/g1",
                        "version 1.0.2",
                        "refused: place of");
    }
}
