// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.osgi.framework.Bundle;

@Timeout(60)
class TimeLimitedCallTest {
    private static final long STOPPED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Bundle bundle = (Bundle) Proxy.newProxyInstance(
            TimeLimitedCallTest.class.getClassLoader(),
            new Class<?>[] {Bundle.class},
            (proxy, method, arguments) -> 77L);

    @Test
    void whatNeverReturnsIsGivenUp() {
        assertThatExceptionOfType(PluginStartException.class)
                .isThrownBy(() -> TimeLimitedCall.call("its start", bundle, Duration.ofMillis(300), () -> {
                    new CountDownLatch(1).await();
                    return 1;
                }))
                .withMessageMatching("its start did not end within 300 ms: it ran \\d+ ms and waited \\d+ ms");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProcessThatWasStoppedGivesNothingUp() throws Exception {
        long self = ProcessHandle.current().pid();
        Process stopper = new ProcessBuilder(
                        "sh", "-c", "read line; kill -STOP %1$d; sleep 2; kill -CONT %1$d".formatted(self))
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(TimeLimitedCall.<Integer>call("its start", bundle, Duration.ofSeconds(1), () -> {
                        long last = System.nanoTime();
                        try (OutputStream in = stopper.getOutputStream()) {
                            in.write('\n');
                        }
                        for (long now = System.nanoTime(); now - last < STOPPED_NANOS; now = System.nanoTime()) {
                            last = now;
                            Thread.onSpinWait();
                        }
                        return 7;
                    }))
                    .isEqualTo(7);
        } finally {
            stopper.waitFor();
        }
    }
}
