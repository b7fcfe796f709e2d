// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static eu.nephele.smo.adapters.docker.DockerWorld.A;
import static eu.nephele.smo.adapters.docker.DockerWorld.B;
import static org.junit.jupiter.api.Assumptions.abort;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.lab.testkit.Await;
import eu.nephele.smo.lab.testkit.ClusterRegistryContract;
import eu.nephele.smo.lab.testkit.MetricsSourceContract;
import eu.nephele.smo.lab.testkit.WorkloadDeployerContract;
import eu.nephele.smo.lab.testkit.WorkloadRuntimeContract;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** The contracts of the ports, on two played servers. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class DockerContractsTest {

    private static final Map<String, ?> PROPERTIES = Map.of(
            ClusterId.SOURCE, "docker",
            AdapterException.SYSTEM, "docker",
            WorkloadDeployer.ARTIFACT_TYPE, "container");
    private static final WorkloadRef WEB = DockerWorld.ref("web");

    private DockerWorld world;

    @BeforeEach
    void begin() throws IOException {
        world = new DockerWorld();
    }

    @AfterEach
    void end() {
        world.close();
    }

    private void hangAll() {
        world.a().hang();
        world.b().hang();
        Await.until("no server answers", () -> world.servers.clusters().clusters().stream()
                .noneMatch(each -> each.ready()));
    }

    @Nested
    class Clusters extends ClusterRegistryContract {

        @Override
        protected ClusterRegistry adapter() {
            return world.servers.clusters();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return PROPERTIES;
        }

        @Override
        protected ClusterId present() {
            return A;
        }

        @Override
        protected void changeACluster() {
            try {
                world.a().stranger("theirs" + world.a().containers.size());
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        protected void breakTheSystem() {
            abort("does not apply: a server that is away is told as not ready");
        }
    }

    @Nested
    class Releases extends WorkloadDeployerContract {

        @Override
        protected WorkloadDeployer adapter() {
            return world.servers.deployer();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return PROPERTIES;
        }

        @Override
        protected InstallRequest request() {
            return DockerWorld.request(WEB, "1", DockerWorld.values(), 4, A, B);
        }

        @Override
        protected long effects() {
            return world.a().writes.get() + world.b().writes.get();
        }

        @Override
        protected void breakTheSystem() {
            hangAll();
        }

        @Override
        protected Duration within() {
            return Duration.ofSeconds(12);
        }
    }

    @Nested
    class Workloads extends WorkloadRuntimeContract {

        private boolean installed;

        @Override
        protected WorkloadRuntime adapter() {
            existing();
            return world.servers.runtime();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return PROPERTIES;
        }

        @Override
        protected WorkloadRef existing() {
            if (!installed) {
                installed = true;
                world.install(WEB, "1", DockerWorld.values(), 1, A, B);
                world.run(WEB, 1, new Share(A, 1));
                world.awaitRollout(WEB, A, 1);
                world.install(WEB, "1", DockerWorld.values(), 2, A, B);
            }
            return WEB;
        }

        @Override
        protected List<Share> wanted() {
            return List.of(new Share(A, 2), new Share(B, 1));
        }

        @Override
        protected void changeTheWorkload() {
            world.a().kill(world.a().replicas().get(0));
        }

        /** Counted when nothing goes on any more. */
        @Override
        protected long effects() {
            world.awaitRollout(WEB, A, 2);
            world.awaitRollout(WEB, B, 1);
            return world.a().writes.get() + world.b().writes.get();
        }

        @Override
        protected void breakTheSystem() {
            hangAll();
        }
    }

    @Nested
    class Metrics extends MetricsSourceContract {

        private boolean measured;

        @Override
        protected MetricsSource adapter() {
            measured();
            return world.servers.metrics();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return PROPERTIES;
        }

        @Override
        protected MetricQuery measured() {
            MetricQuery cores = new MetricQuery(MetricQuery.CPU_CORES, WEB, Duration.ofMinutes(1), Optional.empty());
            if (!measured) {
                measured = true;
                world.install(WEB, "1", DockerWorld.values(), 1, A);
                world.run(WEB, 1, new Share(A, 2));
                world.awaitRollout(WEB, A, 2);
                Await.until(
                        "measured",
                        () -> world.servers.metrics().instant(List.of(cores)).containsKey(cores));
            }
            return cores;
        }

        @Override
        protected void breakTheSystem() {
            hangAll();
        }
    }
}
