// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static org.junit.jupiter.api.Assumptions.abort;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import eu.nephele.smo.lab.testkit.AlertRulesContract;
import eu.nephele.smo.lab.testkit.ClusterRegistryContract;
import eu.nephele.smo.lab.testkit.InfrastructureProviderContract;
import eu.nephele.smo.lab.testkit.MetricsSourceContract;
import eu.nephele.smo.lab.testkit.SignalSourceContract;
import eu.nephele.smo.lab.testkit.WorkloadDeployerContract;
import eu.nephele.smo.lab.testkit.WorkloadRuntimeContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;

/** The ports of the world fulfil the contracts of adapters. Each stands for itself, without an outside system. */
class PortContractsTest {

    private static final Map<String, String> BY_SOURCE = Map.of(ClusterId.SOURCE, SimulatedFederation.SOURCE);

    private final Lab lab = new Lab();
    private final AtomicInteger changes = new AtomicInteger();

    private long writes(String service) {
        WorldSnapshot world = lab.world.snapshot();
        return world.writes().toString().hashCode() * 31L + service.hashCode();
    }

    @Nested
    class Clusters extends ClusterRegistryContract {

        @Override
        protected ClusterRegistry adapter() {
            return lab.world.clusters();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return BY_SOURCE;
        }

        @Override
        protected Optional<String> system() {
            return Optional.empty();
        }

        @Override
        protected void breakTheSystem() {
            lab.world.begin(Outage.REGISTRY);
        }

        @Override
        protected ClusterId present() {
            return Lab.id("a");
        }

        @Override
        protected void changeACluster() {
            lab.world.drainCluster("a", changes.incrementAndGet() % 2 / 2.0);
        }
    }

    @Nested
    class Workloads extends WorkloadRuntimeContract {

        @Override
        protected WorkloadRuntime adapter() {
            if (lab.observed("web").isEmpty()) {
                lab.install("web", 1, 0.5, "a");
            }
            return lab.world.runtime();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return BY_SOURCE;
        }

        @Override
        protected Optional<String> system() {
            return Optional.empty();
        }

        @Override
        protected void breakTheSystem() {
            lab.world.begin(Outage.RUNTIME);
        }

        @Override
        protected long effects() {
            return writes("web");
        }

        @Override
        protected WorkloadRef existing() {
            return Lab.ref("web");
        }

        @Override
        protected List<Share> wanted() {
            return List.of(Lab.share("a", 1), Lab.share("b", 2));
        }

        @Override
        protected void changeTheWorkload() {
            lab.world.apply(new WorldAction.SetReplicas(Lab.ref("web"), "a", 2 + changes.incrementAndGet()));
            lab.passStartup();
        }
    }

    @Nested
    class Deployer extends WorkloadDeployerContract {

        @Override
        protected WorkloadDeployer adapter() {
            return lab.world.deployer();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return Map.of(WorkloadDeployer.ARTIFACT_TYPE, "helm");
        }

        @Override
        protected Optional<String> system() {
            return Optional.empty();
        }

        @Override
        protected void breakTheSystem() {
            lab.world.begin(Outage.DEPLOYER);
        }

        @Override
        protected long effects() {
            return writes("web");
        }

        @Override
        protected InstallRequest request() {
            return Lab.request("web", 1, Lab.cores(0.5), "a");
        }
    }

    @Nested
    class Metrics extends MetricsSourceContract {

        @Override
        protected MetricsSource adapter() {
            if (lab.observed("web").isEmpty()) {
                lab.install("web", 1, 0.5, "a");
                lab.world.setLoad("web", 7);
                lab.passStartup();
                lab.pass(Duration.ofMinutes(5));
            }
            return lab.world.metrics();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return BY_SOURCE;
        }

        @Override
        protected Optional<String> system() {
            return Optional.empty();
        }

        @Override
        protected void breakTheSystem() {
            abort("does not apply: measurements that are missing are left out of the answer");
        }

        @Override
        protected MetricQuery measured() {
            return new MetricQuery(MetricQuery.REQUEST_RATE, Lab.ref("web"), Duration.ofMinutes(1), Optional.empty());
        }
    }

    @Nested
    class Signals extends SignalSourceContract {

        @Override
        protected SignalSource adapter() {
            return lab.world.signals();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return BY_SOURCE;
        }

        @Override
        protected Optional<String> system() {
            return Optional.empty();
        }

        @Override
        protected void breakTheSystem() {
            abort("does not apply: signals are those of the scenario, nobody is asked for them");
        }

        @Override
        protected ClusterId known() {
            return Lab.id("a");
        }
    }

    @Nested
    class Rules extends AlertRulesContract {

        @Override
        protected AlertRules adapter() {
            return lab.world.alertRules();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return BY_SOURCE;
        }

        @Override
        protected Optional<String> system() {
            return Optional.empty();
        }

        @Override
        protected void breakTheSystem() {
            lab.world.begin(Outage.RULES);
        }

        @Override
        protected long effects() {
            return writes("service");
        }
    }

    @Nested
    class Infrastructure extends InfrastructureProviderContract {

        @Override
        protected InfrastructureProvider adapter() {
            return lab.world.infrastructure();
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return Map.of(
                    InfrastructureProvider.CAPACITY_SOURCE,
                    SimulatedFederation.SOURCE,
                    AdapterException.SYSTEM,
                    "simulator");
        }

        @Override
        protected void breakTheSystem() {
            lab.world.begin(Outage.INFRASTRUCTURE);
        }

        @Override
        protected JsonObject wish() {
            return JsonObject.EMPTY
                    .with("name", new JsonString("burst"))
                    .with("cores", JsonNumber.of(8))
                    .with("memoryGib", JsonNumber.of(32));
        }

        @Override
        protected JsonObject badWish() {
            return wish().with("cores", JsonNumber.of(0.5));
        }
    }
}
