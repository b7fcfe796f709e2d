// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.core.contract.trace.LogFields;
import eu.nephele.smo.core.contract.trace.OperationTrace;
import eu.nephele.smo.core.contract.trace.SpanRecorder;
import eu.nephele.smo.core.contract.trace.SpanRecorder.Ended;
import eu.nephele.smo.core.contract.trace.TraceContext;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All that is done for an operation belongs to the trace of its request, whichever process does it. */
class TracesTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final TraceContext REQUEST =
            new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    private final SpanRecorder spans = new SpanRecorder();
    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(12_000, 64L << 30, 1000L << 30, 0))),
                "traces-" + UUID.randomUUID());
        restart();
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    private void restart() {
        core.stopEngine();
        core.spans = spans;
        core.startEngine();
    }

    private Operation deploy(RequestOrigin origin) {
        return core.graphs()
                .deploy(
                        DeployRequest.of(core.graph("p", Hdag.of("g", "a", "b"))),
                        new CallContext(origin, Optional.empty()))
                .operation()
                .orElseThrow();
    }

    private void untilRunning() {
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofMinutes(2));
    }

    @Test
    void theStagesOfADeploymentAreBelowItsPassesAndTheseBelowTheOperation() {
        Operation operation = deploy(new RequestOrigin("ann", "c-1", Optional.empty()).traced(REQUEST.traceParent()));
        untilRunning();

        Ended whole = spans.ended("operation DEPLOY").get(0);
        assertThat(whole.parent()).isEqualTo(REQUEST.spanId());
        assertThat(whole.id())
                .isEqualTo(OperationTrace.context(operation).orElseThrow().spanId());
        assertThat(whole.attributes()).containsEntry("smo.state", "SUCCEEDED");
        List<Ended> passes = spans.ended("pass");
        assertThat(passes).isNotEmpty().allSatisfy(pass -> assertThat(pass.parent())
                .isEqualTo(whole.id()));
        for (String stage : List.of("translate", "place", "ledger", "apply")) {
            assertThat(spans.ended(stage)).as(stage).isNotEmpty().allSatisfy(span -> assertThat(span.parent())
                    .isIn(passes.stream().map(Ended::id).toList()));
        }
        assertThat(spans.ended("apply"))
                .extracting(span -> span.attributes().get("smo.service"))
                .contains("a", "b");
        assertThat(spans.kept()).isEqualTo(1);
    }

    @Test
    void logLinesOfAStageCarryGraphServiceOperationAndCorrelation() {
        Operation operation = deploy(new RequestOrigin("ann", "c-1", Optional.empty()).traced(REQUEST.traceParent()));
        untilRunning();
        assertThat(spans.ended("apply").get(0).fields())
                .containsEntry(LogFields.PROJECT, "p")
                .containsEntry(LogFields.GRAPH, "p/g")
                .containsEntry(LogFields.SERVICE, "a")
                .containsEntry(LogFields.STAGE, "apply")
                .containsEntry(LogFields.OPERATION, operation.id())
                .containsEntry(LogFields.CORRELATION_ID, "c-1");
    }

    @Test
    void passesAfterARestartBelongToTheSameOperation() {
        Operation operation = deploy(new RequestOrigin("ann", "c-1", Optional.empty()).traced(REQUEST.traceParent()));
        restart();
        untilRunning();
        String span = OperationTrace.context(operation).orElseThrow().spanId();
        assertThat(spans.ended("pass")).isNotEmpty().allSatisfy(pass -> assertThat(pass.parent())
                .isEqualTo(span));
        assertThat(spans.ended("operation DEPLOY")).hasSize(1);
    }

    @Test
    void workThatNobodyAskedForHasNoSpan() {
        deploy(new RequestOrigin("ann", "c-1", Optional.empty()));
        untilRunning();
        core.pass(Duration.ofMinutes(1));
        assertThat(spans.ended()).isEmpty();
    }
}
