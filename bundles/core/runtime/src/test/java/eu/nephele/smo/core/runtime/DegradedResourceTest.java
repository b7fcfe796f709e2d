// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static eu.nephele.smo.core.runtime.RuntimeRig.await;
import static eu.nephele.smo.core.runtime.RuntimeRig.rack;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.runtime.tenure.SettableTenure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loss of the desired state of a resource, and its return, are published once each. */
class DegradedResourceTest {

    private volatile Supplier<Reconciled> answer = DegradedResourceTest::well;
    private volatile long since = 1;
    private final AtomicInteger asked = new AtomicInteger();
    private RuntimeRig rig;

    @BeforeEach
    void start() throws SQLException {
        rig = new RuntimeRig();
        rig.install((resource, call) -> {
            asked.incrementAndGet();
            return resource.generation() < since ? well() : answer.get();
        });
        rig.apply("r1", 8);
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static Reconciled well() {
        return Reconciled.ready(JsonObject.EMPTY).again(Duration.ofMillis(10));
    }

    private void answers(Supplier<Reconciled> now) {
        answer = now;
        int before = asked.get();
        await(() -> {
            rig.desk().wake(rack("r1"));
            return asked.get() > before + 3;
        });
    }

    private List<StoredEvent> events() {
        while (!rig.stores().events().publish(100).isEmpty()) {
            // until all are
        }
        return rig.stores().events().after(0, EventFilter.ALL, 100);
    }

    private List<String> types() {
        return events().stream().map(StoredEvent::type).toList();
    }

    private static Supplier<Reconciled> failing(String why) {
        return () -> {
            throw new IllegalStateException(why);
        };
    }

    @Test
    void whatIsUnderWayAgainByItselfIsDegradedUntilItIsReady() {
        answers(() -> Reconciled.progressing(JsonObject.EMPTY, "a disk is exchanged"));
        answers(DegradedResourceTest::well);
        assertThat(types())
                .containsExactly("rack.created", "rack.ready", "rack.degraded", "rack.ready", "rack.recovered");
        JsonObject data = events().get(2).data();
        assertThat(data.get("reason")).contains(new JsonString("Progressing"));
        assertThat(data.get("message")).contains(new JsonString("a disk is exchanged"));
        assertThat(data.get("uid")).isPresent();
    }

    @Test
    void whatItsControllerDoesNotAnswerForIsDegradedUntilItDoes() {
        answers(failing("a defect"));
        assertThat(rig.resource("r1").status().phase()).as("as it was seen").isEqualTo(Phase.READY);
        answers(failing("another defect"));
        answers(DegradedResourceTest::well);
        assertThat(types()).containsExactly("rack.created", "rack.ready", "rack.degraded", "rack.recovered");
        assertThat(events().get(2).data().get("reason")).contains(new JsonString("ControllerFailed"));
    }

    @Test
    void whatHasFailedIsReportedAsThatAndRecovers() {
        answers(() -> Reconciled.failed(JsonObject.EMPTY, "it burnt").again(Duration.ofMillis(10)));
        answers(DegradedResourceTest::well);
        assertThat(types())
                .containsExactly("rack.created", "rack.ready", "rack.failed", "rack.ready", "rack.recovered");
    }

    @Test
    void whatSomebodyAsksForIsNeither() {
        since = 2;
        answer = () -> Reconciled.progressing(JsonObject.EMPTY, "it grows");
        rig.apply("r1", 9);
        await(() -> rig.resource("r1").status().phase() == Phase.PROGRESSING);
        answers(failing("a defect"));
        answers(DegradedResourceTest::well);
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        assertThat(types()).containsExactly("rack.created", "rack.ready", "rack.changed", "rack.ready");
    }

    @Test
    void aTakeoverSaysNothingAboutIt() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        answer = () -> {
            if (inside.getCount() > 0) {
                rig.tenure().left(Duration.ZERO);
                inside.countDown();
                throw new IllegalStateException("the database is somebody else's");
            }
            return well();
        };
        rig.desk().wake(rack("r1"));
        inside.await();
        await(() -> rig.resource("r1").status().conditions().stream()
                .anyMatch(condition -> condition.reason().equals("TenureEnded")));
        rig.tenure().left(SettableTenure.LONG);
        await(() -> rig.resource("r1").status().conditions().stream()
                .noneMatch(condition -> condition.reason().equals("TenureEnded")));
        assertThat(types()).containsExactly("rack.created", "rack.ready");
    }
}
