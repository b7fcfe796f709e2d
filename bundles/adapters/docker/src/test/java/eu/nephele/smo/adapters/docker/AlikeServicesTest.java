// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static eu.nephele.smo.adapters.docker.DockerWorld.A;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services whose names begin alike are told apart: the original filters by a part of the name. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AlikeServicesTest {

    private static final WorkloadRef APP = DockerWorld.ref("app");
    private static final WorkloadRef APP_2 = DockerWorld.ref("app2");

    @Test
    void appDoesNotCountTheContainersOfApp2() throws IOException {
        try (DockerWorld world = new DockerWorld()) {
            world.install(APP, "1", DockerWorld.values(), 1, A);
            world.install(APP_2, "1", DockerWorld.values(), 1, A);
            world.run(APP, 1, new Share(A, 1));
            world.run(APP_2, 1, new Share(A, 3));
            world.awaitRollout(APP, A, 1);
            world.awaitRollout(APP_2, A, 3);
            assertThat(running(world, APP)).isEqualTo(1);
            assertThat(running(world, APP_2)).isEqualTo(3);

            world.run(APP, 1, new Share(A, 0));
            Await.until("none of app is left", () -> running(world, APP) == 0);
            assertThat(running(world, APP_2)).as("what goes is of app").isEqualTo(3);
        }
    }

    private static long running(DockerWorld world, WorkloadRef workload) {
        return world.servers.inventory().containers(List.of(workload)).getOrDefault(workload, List.of()).stream()
                .map(WorkloadContainer::state)
                .filter("running"::equals)
                .count();
    }
}
