// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.itests.Expected.ExpectedGraph;
import eu.nephele.smo.itests.Expected.Nothing;
import eu.nephele.smo.itests.Expected.Running;
import eu.nephele.smo.itests.Trail.PodSeen;
import eu.nephele.smo.itests.Trail.Said;
import eu.nephele.smo.itests.Trail.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Invented trails: each thing that must not be is noticed, and nothing else is. */
class FaultJudgeTest {

    private static final PodSeen OLD = new PodSeen("web:1", true, false);
    private static final PodSeen NEW = new PodSeen("web:2", true, false);
    private static final PodSeen STARTING = new PodSeen("web:2", false, false);
    private static final PodSeen ENDING = new PodSeen("web:1", false, true);

    private final List<Seen> seen = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();

    private void c1(long at, PodSeen... pods) {
        c1Beside(at, List.of(), pods);
    }

    private void c1Beside(long at, List<PodSeen> beside, PodSeen... pods) {
        seen.add(seen(at, "c1", beside, pods));
    }

    private void c2(long at, PodSeen... pods) {
        seen.add(seen(at, "c2", List.of(), pods));
    }

    private static Seen seen(long at, String cluster, List<PodSeen> beside, PodSeen... pods) {
        List<String> workloads = pods.length == 0 ? List.of() : List.of("Deployment web");
        return new Seen(at, cluster, false, List.of(pods), beside, workloads);
    }

    private void said(long at, String operation, String phase, String state, String place, String text) {
        Map<String, String> waits =
                operation.equals("RUNNING") ? Map.of("operation", text, "graph", text, "service", text) : Map.of();
        said.add(new Said(at, operation, phase, state, place.isEmpty() ? Map.of() : Map.of(place, 1), waits, ""));
    }

    private List<String> verdict(ExpectedGraph expectedGraph, int neverBelow) {
        Expected expected = new Expected(
                Optional.of("SUCCEEDED"),
                expectedGraph,
                List.of("RUNNING", "UPDATING", "RUNNING"),
                List.of("DEPLOYED", "DEPLOYING", "DEPLOYED"),
                neverBelow,
                List.of("c1", "c2"),
                List.of());
        return new FaultJudge(new Trail(seen, said), expected).verdict();
    }

    private static Running one(String image) {
        return new Running(1, image);
    }

    private void beginsAndEnds(long ends) {
        said(0, "", "RUNNING", "DEPLOYED", "c1", "");
        said(50, "RUNNING", "UPDATING", "DEPLOYING", "c1", "c1: 0 of 1 replicas are updated");
        said(ends, "SUCCEEDED", "RUNNING", "DEPLOYED", "c1", "");
    }

    @Test
    void anUpdateThatGoesWellIsNotComplainedOf() {
        beginsAndEnds(300);
        c1(0, OLD);
        c1(100, OLD, STARTING);
        c1(200, OLD, NEW);
        c1(350, NEW, ENDING);
        assertThat(verdict(one("web:2"), 1)).isEmpty();
    }

    @Test
    void aSuccessBeforeTheNewPodIsReadyIsNoticed() {
        beginsAndEnds(150);
        c1(0, OLD);
        c1(200, OLD, STARTING);
        c1(400, NEW);
        assertThat(verdict(one("web:2"), 1)).singleElement().asString().contains("Success at 150 ms; at 200 ms c1");
    }

    @Test
    void aSuccessThatDoesNotLastIsNoticed() {
        beginsAndEnds(150);
        c1(200, NEW);
        c1(400, STARTING);
        assertThat(verdict(one("web:2"), 0)).singleElement().asString().contains("at 400 ms c1");
    }

    @Test
    void whatIsLeftElsewhereOrAfterARemovalIsNoticed() {
        beginsAndEnds(150);
        c1(200, NEW);
        c2(210, ENDING);
        assertThat(verdict(one("web:2"), 0)).singleElement().asString().contains("c2 still has");
        assertThat(verdict(new Nothing(), 0)).singleElement().asString().contains("c1 still has");
    }

    @Test
    void aClusterThatIsSilentIsNoEvidence() {
        beginsAndEnds(150);
        c1(200, NEW);
        seen.add(new Seen(210, "c2", true, List.of(), List.of(), List.of()));
        assertThat(verdict(one("web:2"), 0)).isEmpty();
    }

    @Test
    void otherReplicasThanAskedForAreNoticed() {
        beginsAndEnds(150);
        c1(200, NEW, NEW);
        assertThat(verdict(one("web:2"), 0)).singleElement().asString().contains("expected 1 ready of web:2");
        assertThat(verdict(new Running(2, "web:2"), 0))
                .singleElement()
                .asString()
                .contains("expected 2 replicas in all");
    }

    @Test
    void whatIsBesideAServiceIsLookedAtToo() {
        beginsAndEnds(150);
        PodSeen agent = new PodSeen("agent:2", true, false);
        PodSeen old = new PodSeen("agent:1", true, false);
        Running running = new Running(1, "web:2", Map.of("c1", Map.of("agent:2", 2L)));
        c1Beside(200, List.of(agent, agent, new PodSeen("agent:1", false, true)), NEW);
        assertThat(verdict(running, 0)).isEmpty();
        assertThat(verdict(one("web:2"), 0)).singleElement().asString().contains("at 200 ms c1 has beside the service");
        c1Beside(250, List.of(agent, old), NEW);
        assertThat(verdict(running, 0)).singleElement().asString().contains("at 250 ms c1 has beside the service");
        seen.remove(1);
        c1Beside(300, List.of(agent, new PodSeen("agent:2", false, false)), NEW);
        assertThat(verdict(running, 0)).singleElement().asString().contains("at 300 ms c1 has beside the service");
        assertThat(verdict(new Nothing(), 0)).singleElement().asString().contains("c1 still has");
        seen.clear();
        c1Beside(200, List.of(agent));
        assertThat(verdict(new Nothing(), 0)).singleElement().asString().contains("c1 still has");
    }

    @Test
    void aFlipIsNoticed() {
        said(0, "", "RUNNING", "DEPLOYED", "c1", "");
        for (long i = 1; i < 5; i += 2) {
            said(i * 50, "RUNNING", "UPDATING", "DEPLOYING", "c1", "c1: 0 of 1 replicas are updated");
            said(i * 50 + 50, "RUNNING", "UPDATING", "DEPLOYED", "c1", "c1: 0 of 1 replicas are updated");
        }
        said(400, "SUCCEEDED", "RUNNING", "DEPLOYED", "c1", "");
        assertThat(verdict(one("web:2"), 0))
                .singleElement()
                .asString()
                .contains("The state of the service goes [DEPLOYED, DEPLOYING, DEPLOYED, DEPLOYING, DEPLOYED]");
    }

    @Test
    void aDipIsNoticed() {
        beginsAndEnds(300);
        c1(0, OLD);
        c1(100, ENDING);
        c1(200, NEW);
        c1(350, NEW);
        assertThat(verdict(one("web:2"), 1)).singleElement().asString().contains("At 100 ms only 0 replicas are ready");
    }

    @Test
    void aClusterThatIsSilentForAMomentHasNoDip() {
        beginsAndEnds(300);
        c1(0, NEW);
        seen.add(new Seen(100, "c1", true, List.of(), List.of(), List.of()));
        c1(350, NEW);
        assertThat(verdict(one("web:2"), 1)).isEmpty();
    }

    @Test
    void aMoveInWhichClustersAreLookedAtInTurnsHasNoDip() {
        said(0, "", "RUNNING", "DEPLOYED", "c2", "");
        said(300, "SUCCEEDED", "RUNNING", "DEPLOYED", "c2", "");
        c1(0, NEW);
        c2(40, STARTING);
        c1(100, ENDING);
        c2(110, NEW);
        c1(310);
        c2(320, NEW);
        assertThat(verdict(one("web:2"), 1)).isEmpty();
    }

    @Test
    void aWaitWithoutANameIsNoticed() {
        said(0, "", "RUNNING", "DEPLOYED", "c1", "");
        said(50, "RUNNING", "UPDATING", "DEPLOYING", "c1", "in progress");
        said(3_000, "RUNNING", "UPDATING", "DEPLOYING", "c1", "in progress");
        said(3_050, "SUCCEEDED", "RUNNING", "DEPLOYED", "c1", "");
        c1(3_100, NEW);
        assertThat(verdict(one("web:2"), 0))
                .hasSize(3)
                .allMatch(wrong -> wrong.contains("waits at 3000 ms and names none of [c1, c2]: \"in progress\""));
    }

    @Test
    void anotherEndIsNoticedAndSoIsWhatNobodySays() {
        said(0, "", "RUNNING", "DEPLOYED", "c1", "");
        said(50, "FAILED", "RUNNING", "DEPLOYED", "c1", "");
        Expected expected = new Expected(
                Optional.of("SUCCEEDED"),
                one("web:1"),
                List.of("RUNNING"),
                List.of("DEPLOYED"),
                0,
                List.of(),
                List.of("gone up"));
        assertThat(new FaultJudge(new Trail(seen, said), expected).verdict())
                .hasSize(3)
                .anyMatch(wrong -> wrong.contains("The operation ends FAILED, expected SUCCEEDED"))
                .anyMatch(wrong -> wrong.contains("The state of the operation goes"))
                .anyMatch(wrong -> wrong.contains("Nobody says \"gone up\""));
    }
}
