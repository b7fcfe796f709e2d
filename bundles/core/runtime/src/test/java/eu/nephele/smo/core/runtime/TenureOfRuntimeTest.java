// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static eu.nephele.smo.core.runtime.RuntimeRig.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceService.Accepted;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import eu.nephele.smo.core.runtime.tenure.SettableTenure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of resources while the server may not act. */
class TenureOfRuntimeTest {

    private final List<String> outcomes = new CopyOnWriteArrayList<>();
    private RuntimeRig rig;

    @BeforeEach
    void start() throws SQLException {
        rig = new RuntimeRig();
        MetricsRecorder metricsRecorder = mock(MetricsRecorder.class);
        doAnswer(called ->
                        outcomes.add(called.<Map<String, String>>getArgument(1).get("outcome")))
                .when(metricsRecorder)
                .time(eq("smo_runtime_pass_seconds"), any(), any());
        rig.runtime().publish(metricsRecorder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static Condition reconciled(Resource resource) {
        return resource.status().conditions().stream()
                .filter(condition -> condition.type().equals(ResourceStatusFactory.RECONCILED))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void noControllerIsCalledWithoutATenureAndThatIsNoFailure() {
        AtomicInteger asked = new AtomicInteger();
        rig.install((resource, call) -> {
            asked.incrementAndGet();
            return Reconciled.ready(resource.desired());
        });
        rig.tenure().left(Duration.ZERO);
        Accepted accepted = rig.apply("r1", 8);
        await(() -> outcomes.size() > 2);
        assertThat(outcomes).containsOnly("again");
        assertThat(asked).hasValue(0);
        assertThat(rig.resource("r1").status().conditions()).isEmpty();
        assertThat(rig.operation(accepted.operation()).error()).isEmpty();

        rig.tenure().left(SettableTenure.LONG);
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        assertThat(rig.operation(accepted.operation()).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void aCallThatIsCutOffIsReportedAndMadeAgainWithoutABackOff() {
        AtomicBoolean ends = new AtomicBoolean(true);
        InstalledController installed = rig.install((resource, call) -> {
            if (ends.getAndSet(false)) {
                rig.tenure().left(Duration.ZERO);
                new CountDownLatch(1).await();
            }
            return Reconciled.ready(resource.desired());
        });
        Accepted accepted = rig.apply("r1", 8);
        await(() -> !rig.resource("r1").status().conditions().isEmpty());
        assertThat(reconciled(rig.resource("r1")).reason()).isEqualTo("TenureEnded");
        Operation.Fault why = rig.operation(accepted.operation()).error().orElseThrow();
        assertThat(why.source()).as("not its controller").isEqualTo("smo");
        assertThat(why.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
        assertThat(rig.runtime().warnings().warnings()).isEmpty();

        rig.tenure().left(SettableTenure.LONG);
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        assertThat(reconciled(rig.resource("r1")).status()).isEqualTo(Condition.Status.TRUE);
        assertThat(rig.operation(accepted.operation()).error()).isEmpty();
        assertThat(installed.lost()).hasValue(0);
        assertThat(outcomes)
                .as("neither refused nor to be tried again later and later")
                .containsOnly("again");
    }
}
