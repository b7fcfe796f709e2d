// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AccessControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.FlightRecorder;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ADR 0045: what the process does for a while, recorded in it. */
final class FlightRecorderProfilerTest {

    private static final int DEPTH = 120;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private volatile double sum;

    @Test
    void aRecordingShowsWhatRunsAndNothingOfTheMachineOrOfUsers() throws Exception {
        FlightRecorderProfiler profiler = new FlightRecorderProfiler(folder, AccessControl.unrestricted());
        AtomicBoolean enough = new AtomicBoolean();
        Thread busy = new Thread(() -> deep(DEPTH, enough), "busy");
        busy.start();
        try {
            Path file = profiler.profile(Duration.ofSeconds(2), () -> false, CallContext.INTERNAL);

            Set<String> kinds = new TreeSet<>();
            boolean seen = false;
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                kinds.add(event.getEventType().getName());
                seen |= event.getEventType().getName().equals("jdk.ExecutionSample")
                        && event.getStackTrace().getFrames().stream()
                                .anyMatch(frame -> frame.getMethod().getName().equals("compute"))
                        && event.getStackTrace().getFrames().size() > DEPTH;
            }
            assertThat(seen).isTrue();
            assertThat(kinds)
                    .doesNotContain(
                            "jdk.InitialEnvironmentVariable",
                            "jdk.InitialSystemProperty",
                            "jdk.SystemProcess",
                            "jdk.JVMInformation",
                            "jdk.FileRead",
                            "jdk.SocketRead",
                            "jdk.JavaExceptionThrow");
        } finally {
            enough.set(true);
            busy.join();
        }
        assertThat(sum).isNotZero();
        assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
    }

    @Test
    void thereIsOneAtATime() throws Exception {
        FlightRecorderProfiler profiler = new FlightRecorderProfiler(folder, AccessControl.unrestricted());
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ending = new AtomicBoolean();
        CompletableFuture<Path> first = CompletableFuture.supplyAsync(() -> profiler.profile(
                LONG,
                () -> {
                    begun.countDown();
                    return ending.get();
                },
                CallContext.INTERNAL));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        try {
            assertThatThrownBy(() -> profiler.profile(Duration.ofSeconds(1), () -> false, CallContext.INTERNAL))
                    .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                            .isEqualTo(SmoException.Kind.CONFLICT));
        } finally {
            ending.set(true);
        }
        assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS)).cause().hasMessageContaining("cancelled");
        assertThat(left()).isEmpty();
        assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
    }

    @Test
    void aRecordingEndsWithItsComponent() throws Exception {
        FlightRecorderProfiler profiler = new FlightRecorderProfiler(folder, AccessControl.unrestricted());
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Path> recording = CompletableFuture.supplyAsync(() -> profiler.profile(
                LONG,
                () -> {
                    begun.countDown();
                    return false;
                },
                CallContext.INTERNAL));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        profiler.close();

        assertThatThrownBy(() -> recording.get(30, TimeUnit.SECONDS)).cause().hasMessageContaining("cancelled");
        assertThatThrownBy(() -> profiler.profile(LONG, () -> false, CallContext.INTERNAL))
                .hasMessageContaining("The profiler has ended");
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        FlightRecorderProfiler profiler =
                new FlightRecorderProfiler(folder.resolve("none"), AccessControl.unrestricted());

        assertThatThrownBy(() -> profiler.profile(Duration.ofMillis(1), () -> false, CallContext.INTERNAL))
                .isInstanceOf(SmoException.class)
                .hasMessageContaining("cannot be written into " + folder.resolve("none"));
        assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
    }

    private Set<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** As deep as a request is. */
    private void deep(int frames, AtomicBoolean enough) {
        if (frames > 0) {
            deep(frames - 1, enough);
        } else {
            compute(enough);
        }
    }

    private void compute(AtomicBoolean enough) {
        while (!enough.get()) {
            double part = 0;
            for (int i = 1; i < 10_000; i++) {
                part += Math.sin(i) / i;
            }
            sum = part;
        }
    }
}
