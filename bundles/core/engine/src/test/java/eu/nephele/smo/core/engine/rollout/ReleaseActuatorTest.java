// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.trace.Tracing;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.context.Stages;
import eu.nephele.smo.core.engine.rollout.AppliedState.AppliedWorkload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReleaseActuatorTest {

    @Test
    void aReleaseThatIsKnownIsNotWorkedOutAgain() {
        AdapterPorts ports = new AdapterPorts();
        ReleaseActuator releases =
                new ReleaseActuator(ports, new ReleaseRequests(ports, "owner"), new Stages(Tracing.off()));
        WorkloadRef workload = new WorkloadRef(new GraphId("p", "g"), "a");
        AtomicInteger workedOut = new AtomicInteger();
        for (int pass = 0; pass < 3; pass++) {
            releases.trust(workload, () -> {
                workedOut.incrementAndGet();
                return new AppliedWorkload("digest", Resources.NONE, Set.of(), List.of());
            });
        }
        assertThat(workedOut).hasValue(1);
        releases.suspect(workload, () -> {
            throw new AssertionError("worked out although it is known");
        });
        assertThat(releases.isTampered(workload)).isFalse();
    }

    @Test
    void whatIsThereWhileAReleaseIsChangedIsNobodyElses() {
        WorkloadRef workload = new WorkloadRef(new GraphId("p", "g"), "a");
        AppliedWorkload first = new AppliedWorkload("first", Resources.NONE, Set.of(), List.of());
        AppliedState applied = new AppliedState();
        applied.put(workload, first);
        assertThat(applied.differs(workload, "second")).isTrue();

        applied.begin(workload);
        assertThat(applied.differs(workload, "second")).isFalse();
        assertThat(applied.is(workload, first)).as("it may be the other one").isFalse();
        assertThat(applied.releaseIs(workload, first)).isFalse();

        applied.put(workload, new AppliedWorkload("second", Resources.NONE, Set.of(), List.of()));
        assertThat(applied.differs(workload, "first")).isTrue();
        assertThat(applied.differs(workload, "second")).isFalse();
    }

    @Test
    void valuesThatAreTheSameAreNotHashedAgain() {
        ReleaseDigests digests = new ReleaseDigests();
        WorkloadRef workload = new WorkloadRef(new GraphId("p", "g"), "a");
        Graph graph = graph();
        ClusterId c1 = new ClusterId("sim", "c1");
        AtomicInteger hashed = new AtomicInteger();
        Supplier<String> worked = () -> "digest " + hashed.incrementAndGet();

        assertThat(digests.compute(workload, graph, List.of(c1), List.of(), worked))
                .isEqualTo("digest 1");
        assertThat(digests.compute(workload, graph, List.of(c1), List.of(), worked))
                .isEqualTo("digest 1");
        assertThat(digests.compute(workload, graph, List.of(), List.of(), worked))
                .isEqualTo("digest 2");
        assertThat(digests.compute(workload, graph, List.of(), List.of(c1), worked))
                .isEqualTo("digest 3");
        assertThat(digests.compute(workload, graph(), List.of(), List.of(c1), worked))
                .isEqualTo("digest 4");
        digests.forget(workload);
        assertThat(digests.compute(workload, graph, List.of(), List.of(c1), worked))
                .isEqualTo("digest 5");
    }

    private static Graph graph() {
        return new Graph(
                new GraphId("p", "g"),
                "",
                false,
                Map.of(),
                List.of(),
                List.of(),
                StrategySelection.UNSPECIFIED,
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                Graph.STANDARD_PRIORITY,
                JsonObject.EMPTY);
    }
}
