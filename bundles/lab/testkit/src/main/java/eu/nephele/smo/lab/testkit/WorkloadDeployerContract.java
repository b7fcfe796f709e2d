// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link WorkloadDeployer}: installing twice gives one release, removing twice none, other values give another
 * revision, all of ours are listed, releases of another installation stay.
 */
public abstract class WorkloadDeployerContract extends PortContract<WorkloadDeployer> {

    protected WorkloadDeployerContract() {
        super(WorkloadDeployer.class);
    }

    /** A release that can be installed and does not exist. */
    protected abstract InstallRequest request();

    /** The same release with other values. */
    protected InstallRequest changed() {
        InstallRequest request = request();
        return new InstallRequest(
                new StepKey(request.key().workload(), request.key().assignment() + 1, "install"),
                request.artifact(),
                request.values().with("smoContract", new JsonString("changed")),
                request.targets(),
                request.replicas(),
                request.perReplica(),
                request.generation(),
                request.owner(),
                Set.of());
    }

    @Override
    final Object ask(WorkloadDeployer adapter) {
        return adapter.owned();
    }

    @Test
    void installedTwiceIsOneRelease() {
        InstallRequest request = request();
        ReleaseState first = adapter().ensureInstalled(request);
        long effects = effects();
        ReleaseState again = adapter().ensureInstalled(request);

        assertThat(first.workload()).isEqualTo(workload());
        assertThat(first.owner()).isEqualTo(request.owner());
        assertThat(first.assignment()).isEqualTo(request.key().assignment());
        assertThat(first.digest()).as("digest of the installed release").isEqualTo(request.digest());
        assertThat(again.revision()).as("revision after a call without changes").isEqualTo(first.revision());
        assertThat(effects()).as("writes of the system").isEqualTo(effects);
        adapter().ensureRemoved(request.key(), request.owner());
    }

    @Test
    void otherValuesAreAnotherRevision() {
        ReleaseState first = adapter().ensureInstalled(request());
        ReleaseState second = adapter().ensureInstalled(changed());

        assertThat(second.revision()).isGreaterThan(first.revision());
        assertThat(second.digest()).isEqualTo(changed().digest());
        adapter().ensureRemoved(changed().key(), changed().owner());
    }

    @Test
    void whatIsInstalledIsToldAndListedOnce() {
        adapter().ensureInstalled(request());

        assertThat(adapter().state(workload())).hasValueSatisfying(state -> assertThat(state.digest())
                .isEqualTo(request().digest()));
        assertThat(adapter().owned()).extracting(ReleaseState::workload).containsOnlyOnce(workload());
        adapter().ensureRemoved(request().key(), request().owner());
    }

    @Test
    void removedTwiceIsRemoved() {
        adapter().ensureInstalled(request());
        adapter().ensureRemoved(request().key(), request().owner());
        adapter().ensureRemoved(request().key(), request().owner());

        assertThat(adapter().state(workload())).isEmpty();
        assertThat(adapter().owned()).extracting(ReleaseState::workload).doesNotContain(workload());
    }

    @Test
    void whatAnotherInstallationMadeStays() {
        adapter().ensureInstalled(request());
        adapter().ensureRemoved(request().key(), "another-" + request().owner());

        assertThat(adapter().state(workload())).isPresent();
        adapter().ensureRemoved(request().key(), request().owner());
    }

    private WorkloadRef workload() {
        return request().key().workload();
    }
}
