// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.cores;
import static eu.nephele.smo.lab.simulator.Lab.id;
import static eu.nephele.smo.lab.simulator.Lab.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.lab.simulator.WorldSnapshot.PodPhase;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {

    private final Lab lab = new Lab();

    @Test
    void ofAClusterTakeItsPodsAlong() {
        lab.install("web", 2, 1, "a");
        lab.install("api", 1, 1, "b");
        lab.passStartup();

        lab.world.failCluster("a");

        assertThat(lab.ready("web")).isZero();
        assertThat(lab.message("web")).isEqualTo("2 of 2 replicas not ready on a: the cluster is down");
        assertThat(lab.ready("api")).isEqualTo(1);
        assertThat(lab.world.clusters().clusters())
                .extracting(ClusterState::ready)
                .containsExactly(false, true);
        assertThat(lab.world.snapshot().pods())
                .extracting(WorldSnapshot.PodSnapshot::phase)
                .containsExactly(PodPhase.UNREACHABLE, PodPhase.UNREACHABLE, PodPhase.READY);
    }

    @Test
    void ofAClusterStartItsPodsAnewWhenItIsBack() {
        lab.install("web", 1, 1, "a");
        lab.passStartup();
        lab.world.failCluster("a");
        lab.world.restoreCluster("a");
        assertThat(lab.ready("web")).isZero();

        lab.passStartup();
        assertThat(lab.ready("web")).isEqualTo(1);
    }

    @Test
    void ofAClusterInterruptPodsThatAreStarting() {
        lab.install("web", 1, 1, "a");
        lab.world.failCluster("a");
        lab.passStartup();

        assertThat(lab.ready("web")).isZero();
    }

    @Test
    void ofAClusterKeepNewPodsWaiting() {
        lab.world.failCluster("a");
        lab.install("web", 1, 1, "a");
        lab.passStartup();
        assertThat(lab.on("web").get(id("a")).readyReplicas()).isZero();

        lab.world.restoreCluster("a");
        lab.passStartup();
        assertThat(lab.ready("web")).isEqualTo(1);
    }

    @Test
    void thatHappenTwiceHappenOnce() {
        lab.install("web", 1, 1, "a");
        lab.passStartup();
        lab.world.restoreCluster("a");
        assertThat(lab.ready("web")).isEqualTo(1);
        lab.world.failCluster("a");
        lab.world.failCluster("a");
        assertThat(lab.ready("web")).isZero();
    }

    @Test
    void thatDrainAClusterSendTheYoungestPodsAway() {
        lab.install("old", 2, 1, "a");
        lab.install("young", 2, 1, "a");
        lab.passStartup();

        lab.world.drainCluster("a", 0.5);
        assertThat(lab.ready("old")).isEqualTo(2);
        assertThat(lab.ready("young")).isZero();
        assertThat(lab.inWorld("a").allocatable().cpuMillis()).isEqualTo(2000);

        lab.world.drainCluster("a", 0);
        lab.passStartup();
        assertThat(lab.ready("young")).isEqualTo(2);
    }

    @Test
    void thatRemoveAClusterRemoveWhatRanThere() {
        lab.install("web", 1, 1, "a", "b");
        lab.world.removeCluster("a");

        assertThat(lab.on("web")).containsOnlyKeys(id("b"));
        assertThat(lab.world.clusters().clusters()).extracting(ClusterState::id).containsExactly(id("b"));
    }

    @Test
    void ofNobodyKnowAreRefused() {
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> lab.world.failCluster("c9"))
                .withMessage("Cluster c9 is not in the federation, expected one of [a, b]");
        assertThatIllegalStateException()
                .isThrownBy(() -> lab.world.addCluster(Lab.cluster("a", 1)))
                .withMessageContaining("a is in the federation already");
    }

    @Test
    void areNoneForAClusterThatJoins() {
        lab.install("web", 9, 1, "a");
        lab.world.addCluster(Lab.cluster("c", 8));
        lab.shares("web", 2, share("a", 4), share("c", 5));
        lab.passStartup();

        assertThat(lab.ready("web")).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outage.class,
            names = {"DEPLOYER", "RUNTIME", "REGISTRY", "RULES"})
    void ofTheMachineryAreUnavailableUntilTheyEnd(Outage outage) {
        lab.install("web", 1, 1, "a");
        lab.world.begin(outage);
        callsTo(outage).forEach(call -> assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .satisfies(e -> assertThat(e.system()).isEqualTo("simulator"))
                .withMessageContaining("unavailable until the outage ends"));

        lab.world.end(outage);
        callsTo(outage).forEach(call -> org.assertj.core.api.Assertions.assertThatCode(call)
                .doesNotThrowAnyException());
    }

    private List<ThrowingCallable> callsTo(Outage outage) {
        return switch (outage) {
            case DEPLOYER ->
                List.of(
                        () -> lab.install("api", 1, 1, "a"),
                        () -> lab.world.deployer().owned(),
                        () -> lab.world.deployer().state(Lab.ref("web")),
                        () -> lab.world.deployer().ensureRemoved(Lab.key("api", 2), Lab.OWNER));
            case RUNTIME -> List.of(() -> lab.shares("web", 1, share("a", 1)), () -> lab.ready("web"));
            case REGISTRY -> List.of(() -> lab.world.clusters().clusters());
            case METRICS -> List.of();
            case INFRASTRUCTURE -> List.of(() -> lab.world.infrastructure().list());
            case RULES ->
                List.of(
                        () -> lab.rule("web", "silent", "absent(up)", Duration.ZERO),
                        () -> lab.world.alertRules().remove(Lab.ref("web"), "silent"),
                        () -> lab.world.alertRules().owned(Lab.OWNER));
        };
    }

    @Test
    void ofTheDeployerChangeNothing() {
        lab.world.begin(Outage.DEPLOYER);
        assertThatExceptionOfType(AdapterException.class).isThrownBy(() -> lab.install("web", 1, 1, "a"));
        lab.world.end(Outage.DEPLOYER);

        assertThat(lab.observed("web")).isEmpty();
        assertThat(lab.inWorld("a").requested()).isEqualTo(cores(0).times(0));
    }
}
