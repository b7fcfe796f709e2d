// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static eu.nephele.smo.core.runtime.RuntimeRig.await;
import static eu.nephele.smo.core.runtime.RuntimeRig.kind;
import static eu.nephele.smo.core.runtime.RuntimeRig.made;
import static eu.nephele.smo.core.runtime.RuntimeRig.rack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ownership of a kind, the end of its last controller, and the report of one that answers nothing. */
class ControllersThatComeAndGoTest {

    private static final ResourceKind RACKS = kind(1, RuntimeRig.SCHEMA);

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private RuntimeRig rig;

    @BeforeEach
    void start() throws SQLException {
        rig = new RuntimeRig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private RuntimeRig.Body noting(String who) {
        return (resource, call) -> {
            asked.add(who);
            return made(resource);
        };
    }

    private List<String> warnings() {
        return rig.runtime().warnings().warnings();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("smo-runtime-rack-"))
                .toList();
    }

    @Test
    void aKindStaysWithItsFirstBundleAndForeignControllersAreReported() {
        InstalledController own = rig.install("1.0.0", RACKS, noting("own"));
        InstalledController foreign = rig.installForeign("evil.racks", "9.0.0", RACKS, noting("foreign"));
        rig.apply("r1", 8);
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        assertThat(asked).containsExactly("own");
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("evil.racks 9.0.0", "kind rack belongs to acme.racks");

        InstalledController better = rig.install("1.1.0", RACKS, noting("better"));
        await(() -> asked.contains("better"));
        rig.runtime().controllers().remove(own);
        rig.apply("r1", 9);
        await(() -> rig.resource("r1").status().observedGeneration() == 2);
        assertThat(asked).as("its own later version").containsExactlyInAnyOrder("own", "better");

        rig.runtime().controllers().remove(better);
        await(() -> asked.contains("foreign"));
        assertThat(warnings()).as("nobody else has it").isEmpty();
        rig.runtime().controllers().remove(foreign);
    }

    @Test
    void theQueueOfAKindEndsWithItsLastControllerAndStartsWithTheNext() {
        MetricsRecorder metricsRecorder = mock(MetricsRecorder.class);
        rig.runtime().publish(metricsRecorder);
        InstalledController installed = rig.install("1.0.0", RACKS, noting("first"));
        InstalledController second = rig.install("1.1.0", RACKS, noting("second"));
        rig.apply("r1", 8);
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        assertThat(threads()).isNotEmpty();
        rig.runtime().controllers().remove(second);
        rig.apply("r1", 9);
        await(() -> rig.resource("r1").status().observedGeneration() == 2);
        rig.runtime().controllers().remove(installed);
        await(() -> threads().isEmpty());
        Map<String, String> labels = Map.of("kind", "rack");
        verify(metricsRecorder, timeout(5_000)).withdraw("smo_runtime_queue_resources", labels);
        verify(metricsRecorder, timeout(5_000)).withdraw("smo_runtime_lost_calls", labels);
        rig.desk().wake(rack("r1"));
        assertThat(threads()).isEmpty();

        rig.install("2.0.0", RACKS, noting("third"));
        await(() -> asked.contains("third"));
        rig.apply("r1", 10);
        await(() -> rig.resource("r1").status().observedGeneration() == 3);
        assertThat(threads()).isNotEmpty();
        verify(metricsRecorder, timeout(5_000).times(2)).gauge(eq("smo_runtime_lost_calls"), eq(labels), any(), any());
    }

    @Test
    void aControllerThatComesMeanwhileKeepsTheQueueOfItsKind() throws InterruptedException {
        MetricsRecorder metricsRecorder = mock(MetricsRecorder.class);
        rig.runtime().publish(metricsRecorder);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        InstalledController installed = rig.install("1.0.0", RACKS, (resource, call) -> {
            inside.countDown();
            release.await();
            return made(resource);
        });
        rig.apply("r1", 8);
        await(() -> inside.getCount() == 0);
        rig.runtime().controllers().remove(installed);
        rig.install("1.1.0", RACKS, noting("next"));
        release.countDown();
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        await(() -> asked.contains("next"));
        // the end of another kind's queue comes later than that of this one would
        InstalledController shelves =
                rig.install("1.0.0", RuntimeRig.shelves(), (resource, call) -> Reconciled.ready(JsonObject.EMPTY));
        rig.desk().apply(new ResourceRef("shelf", "", "s1"), RuntimeRig.slots(1), CallContext.INTERNAL);
        rig.runtime().controllers().remove(shelves);
        verify(metricsRecorder, timeout(5_000)).withdraw("smo_runtime_lost_calls", Map.of("kind", "shelf"));
        verify(metricsRecorder, never()).withdraw(any(), eq(Map.of("kind", "rack")));
        assertThat(threads()).isNotEmpty();
    }

    @Test
    void aControllerThatFailsForLongIsReportedUntilItSucceeds() {
        Set<String> broken = ConcurrentHashMap.newKeySet();
        broken.add("r1");
        rig.install("1.0.0", RACKS, (resource, call) -> {
            if (broken.contains(resource.ref().name())) {
                throw new IllegalStateException("a defect");
            }
            return made(resource);
        });
        rig.install("1.0.0", RuntimeRig.shelves(), (resource, call) -> Reconciled.ready(JsonObject.EMPTY));
        rig.apply("r1", 8);
        await(() -> !warnings().isEmpty());
        assertThat(warnings()).singleElement().asString().contains("kind rack", "acme.racks 1.0.0", "a defect");
        broken.clear();
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        assertThat(warnings()).isEmpty();
    }
}
