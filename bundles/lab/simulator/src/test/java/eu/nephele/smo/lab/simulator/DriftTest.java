// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.cores;
import static eu.nephele.smo.lab.simulator.Lab.id;
import static eu.nephele.smo.lab.simulator.Lab.key;
import static eu.nephele.smo.lab.simulator.Lab.ref;
import static eu.nephele.smo.lab.simulator.Lab.request;
import static eu.nephele.smo.lab.simulator.Lab.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.WorldAction.ChangeValues;
import eu.nephele.smo.lab.simulator.WorldAction.DeleteRelease;
import eu.nephele.smo.lab.simulator.WorldAction.DeleteRule;
import eu.nephele.smo.lab.simulator.WorldAction.SetReplicas;
import eu.nephele.smo.lab.simulator.WorldSnapshot.Writes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Changes by other actors, and the record of writers. */
class DriftTest {

    private final Lab lab = new Lab();
    private final InstallRequest web = request("web", 1, cores(1), "a");
    private final List<WorkloadRef> news = new ArrayList<>();

    @Test
    void deletesAReleaseUnseenByItsOwnerWhoIsNotifiedAndRepairsIt() {
        lab.world.deployer().ensureInstalled(web);
        lab.world.runtime().subscribe(news::add);
        lab.world.apply(new DeleteRelease(ref("web")));

        assertThat(news).containsExactly(ref("web"));
        assertThat(lab.world.deployer().state(ref("web"))).isEmpty();
        assertThat(lab.inWorld("a").requested().isZero()).isTrue();
        assertThat(lab.world.deployer().ensureInstalled(web).digest()).isEqualTo(web.digest());
    }

    @Test
    void changesReplicasOnOneClusterAndLeavesTheOthers() {
        lab.world.deployer().ensureInstalled(web);
        lab.shares("web", 2, share("a", 2), share("b", 1));
        lab.world.runtime().subscribe(news::add);
        lab.world.apply(new SetReplicas(ref("web"), "a", 0));

        assertThat(news).containsExactly(ref("web"));
        assertThat(lab.on("web").get(id("a")).desiredReplicas()).isZero();
        assertThat(lab.on("web").get(id("b")).desiredReplicas()).isEqualTo(1);
        lab.shares("web", 2, share("a", 2), share("b", 1));
        assertThat(lab.on("web").get(id("a")).desiredReplicas()).isEqualTo(2);
    }

    @Test
    void changesValuesSoThatTheDigestTellsAndTheNextInstallationMends() {
        lab.world.deployer().ensureInstalled(web);
        lab.world.runtime().subscribe(news::add);
        lab.world.apply(new ChangeValues(ref("web")));

        ReleaseState changed = lab.world.deployer().state(ref("web")).orElseThrow();
        assertThat(news).containsExactly(ref("web"));
        assertThat(changed.digest()).isNotEqualTo(web.digest());
        assertThat(changed.revision()).isEqualTo(2);
        ReleaseState mended = lab.world.deployer().ensureInstalled(web);
        assertThat(mended.digest()).isEqualTo(web.digest());
        assertThat(mended.revision()).isEqualTo(3);
        assertThat(lab.world.snapshot().repeatedWrites()).isZero();
    }

    @Test
    void deletesARule() {
        lab.rule("web", "silent", "absent(a)", Duration.ZERO);
        lab.world.apply(new DeleteRule(ref("web"), "silent"));

        assertThat(lab.world.alertRules().owned(Lab.OWNER)).isEmpty();
    }

    @Test
    void doesNotCountWhatOthersDo() {
        lab.world.deployer().ensureInstalled(web);
        lab.world.apply(new ChangeValues(ref("web")));
        lab.world.apply(new SetReplicas(ref("web"), "a", 3));
        lab.world.apply(new DeleteRelease(ref("web")));

        assertThat(writes()).isEqualTo(new Writes(1, 0, 0, 0));
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> lab.world.apply(new DeleteRelease(ref("web"))))
                .withMessageContaining("Release of p/g/web does not exist");
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> lab.world.apply(new DeleteRule(ref("web"), "silent")))
                .withMessageContaining("Alert rule p/g/web/silent does not exist");
        lab.world.deployer().ensureInstalled(web);
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> lab.world.apply(new SetReplicas(ref("web"), "c9", 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new SetReplicas(ref("web"), "a", -1));
        assertThat(lab.on("web")).containsOnlyKeys(id("a"));
    }

    @Test
    void countsEffectiveWritesOnly() {
        lab.world.deployer().ensureInstalled(web);
        lab.world.deployer().ensureInstalled(web);
        lab.shares("web", 2, share("a", 2));
        lab.shares("web", 2, share("a", 2));
        lab.world.deployer().ensureRemoved(key("web", 3), Lab.OWNER);
        lab.world.deployer().ensureRemoved(key("web", 3), Lab.OWNER);
        lab.rule("web", "silent", "absent(a)", Duration.ZERO);
        lab.rule("web", "silent", "absent(a)", Duration.ZERO);
        lab.world.alertRules().remove(ref("web"), "silent");
        lab.world.alertRules().remove(ref("web"), "silent");

        assertThat(writes()).isEqualTo(new Writes(3, 0, 2, 0));
    }

    @Test
    void countsARawWriteOfWhatTheSameStepWroteAsRepeated() {
        ReleaseState first = lab.world.write(web);
        ReleaseState second = lab.world.write(web);

        assertThat(first.revision()).isEqualTo(1);
        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.digest()).isEqualTo(web.digest());
        assertThat(writes()).isEqualTo(new Writes(2, 1, 0, 0));
        assertThat(lab.world.snapshot().repeatedWrites()).isEqualTo(1);
    }

    @Test
    void doesNotCountARawWriteAsRepeatedByAnotherStepAfterAChangeOrAfterARemoval() {
        lab.world.write(web);
        lab.world.write(new InstallRequest(
                key("web", 2),
                web.artifact(),
                web.values(),
                web.targets(),
                1,
                web.perReplica(),
                1,
                Lab.OWNER,
                Set.of()));
        lab.world.apply(new ChangeValues(ref("web")));
        lab.world.write(web);
        lab.world.deployer().ensureRemoved(key("web", 3), Lab.OWNER);
        lab.world.write(web);

        assertThat(writes()).isEqualTo(new Writes(5, 0, 0, 0));
    }

    @Test
    void countsARawWriteOfARuleThatIsThereAsRepeated() {
        EventRule rule = new EventRule("silent", "absent(a)", Duration.ZERO, "");
        lab.world.write(ref("web"), rule, Lab.OWNER);
        lab.world.write(ref("web"), rule, "another owner");
        lab.world.write(ref("web"), rule, "another owner");

        assertThat(writes()).isEqualTo(new Writes(0, 0, 3, 1));
    }

    private Writes writes() {
        return lab.world.snapshot().writes().getOrDefault(ref("web"), Writes.NONE);
    }
}
