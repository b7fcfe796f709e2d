// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.identity.SessionService;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderSessionsTest {

    private static final CallContext CALL = CallContext.of("anonymous", "10.0.0.1", Set.of(), "c");

    private final PlayedProvider slow = new PlayedProvider();
    private final ProviderSessions sessions = new ProviderSessions(
            () -> List.of(slow.provider("corp"), new PlayedProvider().provider("other")),
            mock(SessionService.class),
            AccessControl.unrestricted(),
            Clock.systemUTC());
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        callers.shutdownNow();
    }

    @Test
    void aSlowProviderHoldsUpFewThreadsAndNoOtherProvider() throws Exception {
        CountDownLatch asked = new CountDownLatch(ProviderSessions.MOST_AT_ONCE);
        CountDownLatch answers = new CountDownLatch(1);
        slow.answer = form -> {
            asked.countDown();
            try {
                answers.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return PlayedProvider.error("slow_down");
        };
        List<? extends Future<?>> waiting = IntStream.range(0, ProviderSessions.MOST_AT_ONCE)
                .mapToObj(i -> callers.submit(() -> begin("corp")))
                .toList();
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> begin("corp")).isInstanceOfSatisfying(SmoException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
            assertThat(refused.retryAfter()).isPresent();
        });
        assertThatThrownBy(() -> begin("other")).hasMessageNotContaining("logins wait");

        answers.countDown();
        for (Future<?> each : waiting) {
            assertThatThrownBy(each::get).hasMessageNotContaining("logins wait");
        }
        assertThatThrownBy(() -> begin("corp")).as("there is room again").hasMessageNotContaining("logins wait");
    }

    private void begin(String provider) {
        sessions.beginDevice(provider, CALL);
    }
}
