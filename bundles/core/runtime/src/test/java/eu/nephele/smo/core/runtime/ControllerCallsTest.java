// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.work.BackOff;
import eu.nephele.smo.core.runtime.RuntimeRig.Body;
import eu.nephele.smo.core.runtime.controller.ControllerFault;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import eu.nephele.smo.core.runtime.document.ResourceDocumentValidator;
import eu.nephele.smo.core.runtime.tenure.CurrentTenure;
import eu.nephele.smo.core.runtime.tenure.SettableTenure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** Calls of controllers under a tenure that ends: an hour is left of their own time, unless it is said. */
class ControllerCallsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final SettableTenure tenure = new SettableTenure();
    private final CurrentTenure held = new CurrentTenure(System::nanoTime);
    private final ControllerCalls calls = calls(HOUR);
    private final Resource rack = new Resource(
            RuntimeRig.rack("r1"),
            "uid",
            1,
            1,
            RuntimeRig.slots(8).desired(),
            Map.of(),
            false,
            ResourceStatus.NOTHING,
            Instant.EPOCH,
            Instant.EPOCH);

    ControllerCallsTest() {
        held.begin(tenure);
    }

    private ControllerCalls calls(Duration longest) {
        RuntimeSettings settings = new RuntimeSettings(
                1, longest, 1, HOUR, HOUR, new BackOff(Duration.ofMillis(5), Duration.ofMillis(50)), 2_000);
        return new ControllerCalls(settings, new ResourceDocumentValidator(2_000), Clock.systemUTC(), held);
    }

    private static InstalledController installed(Body body) {
        Bundle bundle = mock(Bundle.class);
        when(bundle.getBundleId()).thenReturn(100L);
        when(bundle.getVersion()).thenReturn(Version.parseVersion("1.0.0"));
        when(bundle.getSymbolicName()).thenReturn("acme.racks");
        ResourceKind kind = RuntimeRig.kind(1, RuntimeRig.SCHEMA);
        ResourceController controller = RuntimeRig.controller(kind, body);
        return new InstalledController(controller, kind, (document, limit) -> List.of(), bundle);
    }

    private ControllerFault fault(InstalledController installed) {
        return fault(calls, installed);
    }

    private ControllerFault fault(ControllerCalls by, InstalledController installed) {
        return catchThrowableOfType(ControllerFault.class, () -> by.call(installed, rack));
    }

    @Test
    void noCallBeginsWhenNothingIsLeft() throws ControllerFault {
        AtomicInteger asked = new AtomicInteger();
        InstalledController installed = installed((resource, call) -> {
            asked.incrementAndGet();
            return Reconciled.ready(JsonObject.EMPTY);
        });
        tenure.left(Duration.ZERO);
        assertThat(fault(installed).isTenureEnded()).isTrue();
        assertThat(asked).hasValue(0);
        tenure.left(SettableTenure.LONG);
        calls.call(installed, rack);
        held.end(tenure);
        assertThat(fault(installed).isTenureEnded()).isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void noCallOfAControllerOutlivesTheTenure() throws ControllerFault {
        CompletableFuture<Duration> first = new CompletableFuture<>();
        CompletableFuture<Duration> renewed = new CompletableFuture<>();
        CompletableFuture<Duration> last = new CompletableFuture<>();
        CompletableFuture<Tenure> under = new CompletableFuture<>();
        tenure.left(Duration.ofSeconds(5));
        calls.call(
                installed((resource, call) -> {
                    under.complete(call.tenure().orElseThrow());
                    first.complete(call.remaining());
                    tenure.left(SettableTenure.LONG);
                    renewed.complete(call.remaining());
                    tenure.left(Duration.ZERO);
                    last.complete(call.remaining());
                    tenure.left(SettableTenure.LONG);
                    return Reconciled.ready(JsonObject.EMPTY);
                }),
                rack);
        assertThat(under.join()).isSameAs(tenure);
        assertThat(first.join()).isEqualTo(Duration.ofSeconds(5));
        assertThat(renewed.join()).isBetween(HOUR.minusMinutes(5), HOUR);
        assertThat(last.join()).isZero();
    }

    @Test
    void aCallThatRunsWhenTheTenureEndsIsInterruptedAndNotHeldAgainstItsController() throws Exception {
        CompletableFuture<Duration> remaining = new CompletableFuture<>();
        InstalledController installed = installed((resource, call) -> {
            tenure.left(Duration.ZERO);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException over) {
                tenure.left(SettableTenure.LONG);
                remaining.complete(call.remaining());
                throw over;
            }
            return Reconciled.ready(JsonObject.EMPTY);
        });
        ControllerFault fault = fault(installed);
        assertThat(fault.isTenureEnded()).isTrue();
        assertThat(fault.reason()).isEqualTo("TenureEnded");
        assertThat(remaining.join())
                .as("also when it is renewed: it was given up")
                .isZero();
        assertThat(installed.lost()).hasValue(0);
    }

    @Test
    void anInterruptedControllerThatContinuesKeepsItsResourceUntilItsOwnTimeLimit() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        InstalledController installed = installed((resource, call) -> {
            tenure.left(Duration.ZERO);
            ResourceRuntimeTest.ignoringInterruption(release);
            return Reconciled.ready(JsonObject.EMPTY);
        });
        assertThat(fault(installed).isTenureEnded()).isTrue();
        tenure.left(SettableTenure.LONG);
        assertThat(fault(installed).reason()).isEqualTo("ControllerBlocked");
        assertThat(installed.lost()).as("an hour is left of its time").hasValue(0);
        assertThat(calls.isBlocked(installed)).isFalse();
        release.countDown();
        RuntimeRig.await(() -> {
            tenure.left(SettableTenure.LONG);
            return Optional.ofNullable(fault(installed)).isEmpty();
        });
        assertThat(installed.lost()).hasValue(0);
    }

    @Test
    void aControllerBeyondItsOwnTimeLimitCountsAsLost() {
        ControllerCalls brief = calls(Duration.ofSeconds(1));
        CountDownLatch release = new CountDownLatch(1);
        InstalledController installed = installed((resource, call) -> {
            tenure.left(Duration.ZERO);
            ResourceRuntimeTest.ignoringInterruption(release);
            return Reconciled.ready(JsonObject.EMPTY);
        });
        assertThat(fault(brief, installed).isTenureEnded()).isTrue();
        assertThat(installed.lost()).hasValue(0);
        tenure.left(SettableTenure.LONG);
        RuntimeRig.await(() -> {
            assertThat(fault(brief, installed).reason()).isEqualTo("ControllerBlocked");
            return installed.lost().get() == 1;
        });
        assertThat(brief.isBlocked(installed)).isTrue();
        release.countDown();
        RuntimeRig.await(() -> installed.lost().get() == 0);
    }

    @Test
    void whatFailsBecauseNothingIsLeftSaysNothingAboutWhoFailed() throws ControllerFault {
        AdapterException refused =
                new AdapterException(AdapterException.Kind.UNAVAILABLE, "warehouse", "does not own its database now");
        for (RuntimeException thrown : List.of(refused, new IllegalStateException("it said no"))) {
            tenure.left(SettableTenure.LONG);
            InstalledController installed = installed((resource, call) -> {
                tenure.left(Duration.ZERO);
                throw thrown;
            });
            assertThat(fault(installed).isTenureEnded()).isTrue();
        }
        tenure.left(SettableTenure.LONG);
        assertThatThrownBy(() -> calls.call(
                        installed((resource, call) -> {
                            throw refused;
                        }),
                        rack))
                .isSameAs(refused);
    }
}
