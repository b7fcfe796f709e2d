// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.kit.ConformanceKit;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The process stands still for two seconds in the middle of a call, as under a debugger, a hypervisor or a long collection. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class StoppedProcessTest {
    private static final long STOPPED_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Stops this process and lets it go on, when it reads a line. */
    private static Process stopper() throws IOException {
        long self = ProcessHandle.current().pid();
        return new ProcessBuilder("sh", "-c", "read line; kill -STOP %1$d; sleep 2; kill -CONT %1$d".formatted(self))
                .redirectErrorStream(true)
                .start();
    }

    private static void stopThisProcess(Process stopper) {
        long last = System.nanoTime();
        try (OutputStream in = stopper.getOutputStream()) {
            in.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (long now = System.nanoTime(); now - last < STOPPED_NANOS; now = System.nanoTime()) {
            last = now;
            Thread.onSpinWait();
        }
    }

    private static final class Stopped extends SoundPlacement {
        private final Process stopper;
        private final AtomicBoolean toStop = new AtomicBoolean(true);

        Stopped(Process stopper) {
            this.stopper = stopper;
        }

        @Override
        public PlacementResult place(PlacementRequest request, DecisionContext context) {
            if (toStop.getAndSet(false)) {
                stopThisProcess(stopper);
            }
            return super.place(request, context);
        }
    }

    @Test
    void aPausedProcessFailsNoStrategy() throws Exception {
        Process stopper = stopper();
        try {
            ConformanceReport report = ConformanceKit.within(Duration.ofSeconds(10))
                    .examine(new Stopped(stopper), Map.of(PlacementStrategy.ID, "mine"));
            assertThat(report.passed()).as(report.text()).isTrue();
            assertThat(report.complete()).as(report.text()).isTrue();
        } finally {
            stopper.waitFor();
        }
    }
}
