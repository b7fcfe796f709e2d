// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.runtime.Profiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** One archive at a time; what was made for it is gone afterwards. */
class DiagnosisCollectorTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final BundleContext context = mock(BundleContext.class);
    private Profiler profiler = (duration, givenUp, call) -> {
        throw SmoException.conflict("A profile is being recorded already");
    };
    private DiagnosisCollector collector;

    @BeforeEach
    void collect() {
        when(context.getBundles()).thenReturn(new Bundle[0]);
        when(context.getProperty("smo.data")).thenReturn(folder.toString());
        collector = new DiagnosisCollector(
                context,
                folder,
                AccessControl.unrestricted(),
                (duration, givenUp, call) -> profiler.profile(duration, givenUp, call),
                List.of());
    }

    @Test
    void anArchiveHasTheReportsAndTheRecording() throws IOException {
        profiler = (duration, givenUp, call) -> written("recorded " + duration);

        Path file = collector.diagnose(Optional.of(SECOND), () -> false, CallContext.INTERNAL);

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName()))
                    .containsExactly(
                            "system.txt", "threads.txt", "heap.txt", "bundles.txt", "errors.txt", "recording.jfr");
            assertThat(zip.getInputStream(zip.getEntry("recording.jfr"))).hasContent("recorded PT1S");
        }
        Files.delete(file);
        assertThat(left()).isEmpty();
        collector.close();
    }

    @Test
    void aRecordingThatIsRefusedLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> collector.diagnose(Optional.of(SECOND), () -> false, CallContext.INTERNAL))
                .hasMessageContaining("recorded already");

        assertThat(left()).isEmpty();
        assertThat(collector.diagnose(Optional.empty(), () -> false, CallContext.INTERNAL))
                .exists();
    }

    @Test
    void aSecondOneAtATimeIsAConflict() throws Exception {
        CountDownLatch recording = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        profiler = (duration, givenUp, call) -> {
            recording.countDown();
            await(end);
            return written("recorded");
        };
        ExecutorService first = Executors.newSingleThreadExecutor();
        Future<Path> made =
                first.submit(() -> collector.diagnose(Optional.of(SECOND), () -> false, CallContext.INTERNAL));
        recording.await();
        try {
            assertThatThrownBy(() -> collector.diagnose(Optional.empty(), () -> false, CallContext.INTERNAL))
                    .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                            .isEqualTo(SmoException.Kind.CONFLICT));
        } finally {
            end.countDown();
            first.shutdown();
        }
        assertThat(made.get()).exists();
    }

    @Test
    void aFolderThatTakesNothingIsNamed() {
        DiagnosisCollector elsewhere = new DiagnosisCollector(
                context, folder.resolve("absent"), AccessControl.unrestricted(), profiler, List.of());

        assertThatThrownBy(() -> elsewhere.diagnose(Optional.empty(), () -> false, CallContext.INTERNAL))
                .hasMessageContaining("absent");
    }

    private Path written(String content) {
        try {
            return Files.writeString(folder.resolve("profile.jfr"), content);
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
