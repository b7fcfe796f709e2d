// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import eu.nephele.smo.adapters.karmada.Published;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.lab.testkit.ClusterRegistryContract;
import eu.nephele.smo.lab.testkit.WorkloadRuntimeContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** The contracts of the ports of plain clusters, on two real ones. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("api-server")
class ContextsContractsTest extends ContextsBed {

    private static final Map<String, ?> PROPERTIES = Published.properties("kubernetes");
    private static final String LEFT_OUT =
            "does not apply: a cluster that is away is told as not ready, and what is there is left out";
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Nested
    class Clusters extends ClusterRegistryContract {

        @Override
        protected ClusterRegistry adapter() {
            return contexts;
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return PROPERTIES;
        }

        @Override
        protected ClusterId present() {
            return B;
        }

        @Override
        protected void changeACluster() {
            b.admin().nodes().withName("node").edit(node -> {
                boolean cordoned = Boolean.TRUE.equals(node.getSpec().getUnschedulable());
                node.getSpec().setUnschedulable(!cordoned);
                return node;
            });
        }

        @Override
        protected void breakTheSystem() {
            abort(LEFT_OUT);
        }
    }

    @Nested
    class Workloads extends WorkloadRuntimeContract {

        private final WorkloadRef mine = made();

        private static WorkloadRef made() {
            String name = "contract" + COUNT.incrementAndGet();
            deployed(name, b);
            return deployed(name, a).workload();
        }

        @Override
        protected WorkloadRuntime adapter() {
            return contexts.runtime();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return PROPERTIES;
        }

        private boolean seen;

        @Override
        protected WorkloadRef existing() {
            if (seen) {
                return mine;
            }
            try {
                Await.until(SOON, () -> assertThat(contexts.runtime().observe(List.of(mine)))
                        .containsKey(mine));
                seen = true;
                return mine;
            } catch (Exception e) {
                throw new IllegalStateException("The workload is not seen", e);
            }
        }

        @Override
        protected List<Share> wanted() {
            return List.of(new Share(A, 2), new Share(B, 1));
        }

        @Override
        protected void changeTheWorkload() {
            var deployment =
                    a.admin().apps().deployments().inNamespace(mine.service()).withName(mine.service());
            deployment.scale(deployment.get().getSpec().getReplicas() + 1);
        }

        @Override
        protected long effects() {
            return a.admin()
                    .apps()
                    .deployments()
                    .inNamespace(mine.service())
                    .withName(mine.service())
                    .get()
                    .getMetadata()
                    .getGeneration();
        }

        @Override
        protected void breakTheSystem() {
            abort(LEFT_OUT);
        }

        @Override
        protected Duration within() {
            return Duration.ofSeconds(15);
        }
    }
}
