// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.StepKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component while its dependencies are still missing. */
class HelmReleasesTest {

    @TempDir
    Path folder;

    private HelmReleases releases;

    @BeforeEach
    void start() {
        releases = new HelmReleases(
                where -> {
                    throw new AssertionError("nobody needs a worker here");
                },
                folder,
                Bench.settings());
    }

    @AfterEach
    void end() {
        releases.end();
    }

    private static AdapterException failure(ThrowingCallable call) {
        return catchThrowableOfType(AdapterException.class, call);
    }

    @Test
    void withoutRegistriesNothingIsKnownRatherThanAbsent() {
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> releases.owned(),
                () -> releases.state(Bench.workload("a")),
                () -> releases.ensureRemoved(Bench.removal("a"), Bench.OWNER))) {
            assertThat(failure(call).kind()).isEqualTo(Kind.UNAVAILABLE);
        }
        assertThat(releases.foreign(List.of())).isEmpty();
    }

    @Test
    void withoutASourceOfSecretsAConnectionHasToWaitAndIsNamed() {
        AdapterException failed = failure(() -> releases.ensureInstalled(request()));

        assertThat(failed.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failed).hasMessageContaining("file:c1");
    }

    @Test
    void theWorkerIsStartedWhenItIsNeededFirst() {
        assertThat(releases.worker()).isEmpty();
    }

    private static InstallRequest request() {
        return new InstallRequest(
                new StepKey(Bench.workload("a"), 1, "install"),
                new Artifact(Bench.CHART, "App", "HELM", "HELM", JsonObject.EMPTY),
                JsonObject.EMPTY,
                List.of(new ClusterTarget(new ClusterId("test", "c1"), Optional.of("file:c1"))),
                1,
                Resources.NONE,
                1,
                Bench.OWNER,
                Set.of());
    }
}
