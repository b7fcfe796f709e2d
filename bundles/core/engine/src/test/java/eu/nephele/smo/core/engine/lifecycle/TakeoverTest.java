// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.ForeignRelease.Difference;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Releases of others under names that a graph wants are shown by a plan, and taken over by applying it alone. */
class TakeoverTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final long GIB = 1L << 30;
    private static final String YAML = Hdag.of("g", "a", "b");

    /** A number comes back from the store in its shortest form. */
    private static final List<Difference> DIFFERENCES =
            List.of(new Difference("values", "/n", Optional.of(JsonNumber.of(1.0)), Optional.empty()));

    private EmbeddedCore core;
    private SharedDeployer deployer;

    @BeforeEach
    void start() throws Exception {
        ClusterModel cluster = ClusterModel.of("c1", new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
        core = new EmbeddedCore(Scenario.of(Duration.ofSeconds(1), cluster), "takeover-" + UUID.randomUUID());
        deployer = new SharedDeployer(core.world.deployer());
        core.ports().add(WorkloadDeployer.class, "helm", deployer);
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void aDeploymentLeavesThemAloneAndAPlanShowsThem() {
        deployer.others.put("a", "f1");
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(30));
        assertThat(deployer.others).containsKey("a");

        Plan plan = plan();

        assertThat(plan.feasible()).isTrue();
        assertThat(plan.takeovers()).containsOnlyKeys("a");
        assertThat(plan.takeovers().get("a"))
                .singleElement()
                .extracting(ForeignRelease::fingerprint)
                .isEqualTo("f1");
        assertThat(core.doors()
                        .plans()
                        .find(G, plan.id(), CallContext.INTERNAL)
                        .orElseThrow()
                        .takeovers())
                .containsOnlyKeys("a");
        assertThat(deployer.others).containsKey("a");
    }

    @Test
    void applyingThePlanTakesOverExactlyWhatItHasShown() {
        deployer.others.put("a", "f1");
        Plan plan = plan();
        assertThat(plan.kind()).isEqualTo(Operation.Kind.DEPLOY);
        core.doors().plans().apply(G, plan.id(), CallContext.INTERNAL);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));

        assertThat(deployer.others).isEmpty();
        assertThat(plan().takeovers()).isEmpty();
    }

    @Test
    void aGraphThatMetThemIsMendedByAPlan() {
        deployer.others.put("a", "f1");
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(30));

        core.doors().plans().apply(G, plan().id(), CallContext.INTERNAL);

        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
    }

    @Test
    void aPlanIsStaleWhenTheyHaveChanged() {
        deployer.others.put("a", "f1");
        Plan plan = plan();
        deployer.others.put("a", "f2");

        assertThatThrownBy(() -> core.doors().plans().apply(G, plan.id(), CallContext.INTERNAL))
                .hasMessageContaining("changed since");
        assertThat(deployer.others).containsEntry("a", "f2");
    }

    @Test
    void whatChangesAfterThePlanWasAppliedIsLeftAlone() {
        deployer.others.put("a", "f1");
        core.doors().plans().apply(G, plan().id(), CallContext.INTERNAL);
        deployer.others.put("a", "f2");

        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(30));
        assertThat(deployer.others).containsEntry("a", "f2");
    }

    @Test
    void aTakeoverThatFailsLaterIsNotRolledBack() {
        deployer.others.put("a", "f1");
        deployer.refused.add("b");
        core.doors().plans().apply(G, plan().id(), CallContext.INTERNAL);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(30));

        core.deploy("p", YAML);
        core.pass(Duration.ofMinutes(1));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.FAILED);
        assertThat(deployer.removed).isEmpty();

        deployer.refused.clear();
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
    }

    @Test
    void whenNobodyCanTellThePlanSaysSoAndNothingIsTakenOver() {
        deployer.others.put("a", "f1");
        deployer.silent = true;
        Plan plan = plan();
        assertThat(plan.takeovers()).isEmpty();
        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("helm: nobody answers"));
        core.doors().plans().apply(G, plan.id(), CallContext.INTERNAL);

        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(30));
        assertThat(deployer.others).containsKey("a");
    }

    private Plan plan() {
        return core.doors()
                .plans()
                .plan(
                        new DeployRequest(core.graph("p", YAML), DeployRequest.StrategyOverride.NONE, false, List.of()),
                        CallContext.INTERNAL);
    }

    /** Names that others have, too. */
    private static final class SharedDeployer implements WorkloadDeployer {

        private final WorkloadDeployer real;
        private final Map<String, String> others = new HashMap<>();
        private final Set<String> refused = new HashSet<>();
        private final List<String> removed = new ArrayList<>();
        private boolean silent;

        SharedDeployer(WorkloadDeployer real) {
            this.real = real;
        }

        @Override
        public ReleaseState ensureInstalled(InstallRequest request) {
            String service = request.key().workload().service();
            String fingerprint = others.get(service);
            if (fingerprint != null && !request.adopts().contains(fingerprint)) {
                throw new AdapterException(Kind.CONFLICT, "helm", service + " was made by somebody else");
            }
            if (refused.contains(service)) {
                throw new AdapterException(Kind.REFUSED, "helm", "no chart for " + service);
            }
            others.remove(service);
            return real.ensureInstalled(request);
        }

        @Override
        public void ensureRemoved(StepKey key, String owner) {
            if (!others.containsKey(key.workload().service())) {
                removed.add(key.workload().service());
                real.ensureRemoved(key, owner);
            }
        }

        @Override
        public Map<WorkloadRef, List<ForeignRelease>> foreign(Collection<InstallRequest> requests) {
            if (silent) {
                throw new AdapterException(Kind.UNAVAILABLE, "helm", "nobody answers");
            }
            Map<WorkloadRef, List<ForeignRelease>> found = new HashMap<>();
            for (InstallRequest request : requests) {
                assertThat(request.targets()).hasSize(1);
                WorkloadRef workload = request.key().workload();
                Optional.ofNullable(others.get(workload.service()))
                        .map(fingerprint -> new ForeignRelease("c1", fingerprint, "the former SMO", DIFFERENCES, 0))
                        .ifPresent(release -> found.put(workload, List.of(release)));
            }
            return found;
        }

        @Override
        public Optional<ReleaseState> state(WorkloadRef workload) {
            return real.state(workload);
        }

        @Override
        public List<ReleaseState> owned() {
            return real.owned();
        }
    }
}
