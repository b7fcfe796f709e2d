// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

final class BrokenDeployer extends Broken implements WorkloadDeployer {

    private static final WorkloadRef WEB = new WorkloadRef(new GraphId("p", "g"), "web");
    private final Map<WorkloadRef, ReleaseState> releases = new ConcurrentHashMap<>();

    private BrokenDeployer(String fault) {
        super(fault);
    }

    @Override
    public ReleaseState ensureInstalled(InstallRequest request) {
        WorkloadRef workload = request.key().workload();
        Optional<ReleaseState> there = state(workload);
        boolean same = there.filter(release -> release.digest().equals(request.digest()))
                .isPresent();
        if (same && !has("installedTwiceIsOneRelease")) {
            return there.orElseThrow();
        }
        int revision = has("otherValuesAreAnotherRevision")
                ? 1
                : there.map(ReleaseState::revision).orElse(0) + 1;
        ReleaseState release = new ReleaseState(
                workload,
                request.key().assignment(),
                revision,
                ReleaseState.Status.DEPLOYED,
                request.owner(),
                request.digest(),
                "");
        releases.put(workload, release);
        return release;
    }

    @Override
    public void ensureRemoved(StepKey key, String owner) {
        Optional<ReleaseState> there = state(key.workload());
        boolean others = there.filter(release -> !release.owner().equals(owner)).isPresent();
        if (others && !has("whatAnotherInstallationMadeStays")) {
            return;
        }
        boolean absent = releases.remove(key.workload()) == null;
        if (absent && has("removedTwiceIsRemoved")) {
            throw new AdapterException(Kind.NOT_FOUND, "memory", "no such release");
        }
    }

    @Override
    public Optional<ReleaseState> state(WorkloadRef workload) {
        return Optional.ofNullable(releases.get(workload));
    }

    @Override
    public List<ReleaseState> owned() {
        goOut();
        List<ReleaseState> owned = new ArrayList<>(releases.values());
        if (has("whatIsInstalledIsToldAndListedOnce")) {
            owned.addAll(releases.values());
        }
        return owned;
    }

    static PortContract<?> contract(String fault) {
        BrokenDeployer broken = new BrokenDeployer(fault);
        return new WorkloadDeployerContract() {
            @Override
            protected WorkloadDeployer adapter() {
                return broken;
            }

            @Override
            protected Map<String, ?> serviceProperties() {
                return broken.properties(WorkloadDeployer.ARTIFACT_TYPE, "memory");
            }

            @Override
            protected void breakTheSystem() {
                broken.down();
            }

            @Override
            protected InstallRequest request() {
                return new InstallRequest(
                        new StepKey(WEB, 1, "install"),
                        new Artifact("oci://registry.example/web:1", "App", "HELM", "HELM", JsonObject.EMPTY),
                        JsonObject.EMPTY,
                        List.of(),
                        1,
                        Resources.NONE,
                        1,
                        "owner",
                        Set.of());
            }
        };
    }
}
