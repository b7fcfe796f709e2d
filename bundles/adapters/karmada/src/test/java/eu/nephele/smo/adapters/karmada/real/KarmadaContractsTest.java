// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import eu.nephele.smo.adapters.karmada.Published;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.lab.testkit.ClusterRegistryContract;
import eu.nephele.smo.lab.testkit.NetworkFabricContract;
import eu.nephele.smo.lab.testkit.SignalSourceContract;
import eu.nephele.smo.lab.testkit.WorkloadRuntimeContract;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** The contracts of the ports of a Karmada, on a real API server with a simulated Karmada scheduler. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("api-server")
class KarmadaContractsTest extends FederationBed {

    private static final Map<String, ?> PROPERTIES = Published.properties("karmada");
    private static final String FROM_MEMORY =
            "does not apply: it answers from memory, also while the control plane is away";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static Scheduler scheduler;

    @BeforeAll
    static void play() throws Exception {
        scheduler = new Scheduler(admin);
        admin.genericKubernetesResources(CLUSTERS).withName("m1").edit(it -> {
            it.getMetadata().setAnnotations(Map.of("smo.nephele.eu/price", "0.5"));
            return it;
        });
        Await.until(
                SOON, () -> assertThat(karmada.signals().signals(List.of(M1))).containsKey(M1));
    }

    @AfterAll
    static void rest() {
        if (scheduler != null) {
            scheduler.close();
        }
    }

    @AfterEach
    void thaw() throws Exception {
        server.freeze(false);
        Await.until(SOON, () -> karmada.runtime().observe(List.of()));
    }

    private static void freeze() {
        try {
            server.freeze(true);
            Await.until(SOON, () -> assertThatThrownBy(() -> karmada.runtime().observe(List.of()))
                    .isInstanceOf(AdapterException.class));
        } catch (Exception e) {
            throw new IllegalStateException("The API server cannot be stopped", e);
        }
    }

    private static long version(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    @Nested
    class Clusters extends ClusterRegistryContract {

        private int allocated;

        @Override
        protected ClusterRegistry adapter() {
            return karmada.clusters();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return PROPERTIES;
        }

        @Override
        protected ClusterId present() {
            return M1;
        }

        @Override
        protected void changeACluster() {
            allocated++;
            FederationBed.allocate("m2", allocated);
        }

        @Override
        protected void breakTheSystem() {
            abort(FROM_MEMORY);
        }
    }

    @Nested
    class Workloads extends WorkloadRuntimeContract {

        private final WorkloadRef mine =
                deployed("contract" + COUNT.incrementAndGet(), "Helm").workload();

        @Override
        protected WorkloadRuntime adapter() {
            return karmada.runtime();
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
                Await.until(SOON, () -> assertThat(karmada.runtime().observe(List.of(mine)))
                        .containsKey(mine));
                seen = true;
                return mine;
            } catch (Exception e) {
                throw new IllegalStateException("The workload is not seen", e);
            }
        }

        @Override
        protected List<Share> wanted() {
            return List.of(new Share(M1, 2), new Share(M2, 3));
        }

        @Override
        protected void changeTheWorkload() {
            admin.apps()
                    .deployments()
                    .inNamespace(mine.service())
                    .withName(mine.service())
                    .scale(replicas(mine.service()) + 1);
        }

        @Override
        protected long effects() {
            String name = mine.service();
            return version(admin.apps()
                            .deployments()
                            .inNamespace(name)
                            .withName(name)
                            .get())
                    + version(policy(name, "smo-" + name))
                    + overrides(name).stream()
                            .mapToLong(KarmadaContractsTest::version)
                            .sum();
        }

        @Override
        protected void breakTheSystem() {
            existing();
            freeze();
        }

        @Override
        protected Duration within() {
            return Duration.ofSeconds(15);
        }
    }

    @Nested
    class Fabric extends NetworkFabricContract {

        private final String name = "fabric" + COUNT.incrementAndGet();
        private final WorkloadRef mine = deployed(name, "Helm").workload();

        Fabric() {
            FederationBed.service(name);
        }

        @Override
        protected NetworkFabric adapter() {
            return karmada.fabric();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return PROPERTIES;
        }

        @Override
        protected WorkloadRef service() {
            return mine;
        }

        @Override
        protected List<ClusterId> clusters() {
            return List.of(M1, M2);
        }

        @Override
        protected Set<ClusterId> importers() {
            return policies(name).stream()
                    .filter(it -> it.getMetadata().getName().equals("smo-" + name + "-import"))
                    .flatMap(it -> clusterNames(it).stream())
                    .map(cluster -> new ClusterId("karmada", cluster))
                    .collect(Collectors.toSet());
        }

        @Override
        protected long effects() {
            return policies(name).stream()
                    .mapToLong(KarmadaContractsTest::version)
                    .sum();
        }

        @Override
        protected void breakTheSystem() {
            abort(FROM_MEMORY);
        }
    }

    @Nested
    class Signals extends SignalSourceContract {

        @Override
        protected SignalSource adapter() {
            return karmada.signals();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return PROPERTIES;
        }

        @Override
        protected ClusterId known() {
            return M1;
        }

        @Override
        protected void breakTheSystem() {
            freeze();
        }
    }
}
