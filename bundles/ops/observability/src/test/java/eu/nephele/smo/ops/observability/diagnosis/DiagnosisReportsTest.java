// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.LoggerContext;
import eu.nephele.smo.core.contract.runtime.DiagnosticReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Each report tells what it is for, and nothing that may be a secret. */
class DiagnosisReportsTest {

    private static final String SECRET = "s3cr3t-M4rk3r";

    @TempDir
    private Path folder;

    @Test
    void threadsAreShownWithTheirStacksAndLocks() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Object lock = new Object();
        CountDownLatch holds = new CountDownLatch(1);
        Thread holder = new Thread(
                () -> {
                    synchronized (lock) {
                        holds.countDown();
                        awaitEnd(end);
                    }
                },
                "holder-of-the-lock");
        holder.start();
        holds.await();
        try {
            assertThat(String.join("\n", new ThreadReport().lines()))
                    .startsWith("No threads wait for each other.")
                    .contains("\"holder-of-the-lock\"", "DiagnosisReportsTest.awaitEnd", "holds java.lang.Object@");
        } finally {
            end.countDown();
            holder.join();
        }
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theHeapIsShownByPoolsAndClasses() {
        assertThat(String.join("\n", new HeapReport().lines()))
                .contains("Metaspace", "Collectors: collections, milliseconds", "#instances", "java.lang.String");
    }

    @Test
    void propertiesVariablesAndArgumentsThatAreNotOnTheListAreLeftOut() throws IOException {
        Files.writeString(folder.resolve("smo.mv.db"), SECRET);
        SystemReport report = new SystemReport(
                folder,
                Map.of("LANG", "C.UTF-8", "TZ", SECRET + "\n", "DB_PASSWORD", SECRET, SECRET, "x"),
                () -> List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:OnOutOfMemoryError=curl " + SECRET,
                        "-Dtoken=" + SECRET,
                        "-javaagent:/a.jar=" + SECRET));

        assertThat(String.join("\n", report.lines()))
                .contains(
                        "LANG C.UTF-8",
                        "arguments of Java: -Xmx512m -XX:+UseSerialGC, and 3 more",
                        "smo.mv.db",
                        "java.version " + System.getProperty("java.version"))
                .doesNotContain(SECRET, "DB_PASSWORD");
    }

    @Test
    void componentsThatDoNotWorkAreShownWithTheReason() {
        BundleContext context = mock(BundleContext.class);
        Bundle bundle = mock(Bundle.class);
        when(bundle.getState()).thenReturn(Bundle.ACTIVE);
        when(bundle.getSymbolicName()).thenReturn("eu.nephele.smo.core.engine");
        when(bundle.getVersion()).thenReturn(new Version(0, 1, 0));
        when(context.getBundles()).thenReturn(new Bundle[] {bundle});
        ServiceComponentRuntime components = mock(ServiceComponentRuntime.class);
        ComponentDescriptionDTO description = new ComponentDescriptionDTO();
        description.name = "an.Adapter";
        when(components.getComponentDescriptionDTOs()).thenReturn(List.of(description));
        when(components.getComponentConfigurationDTOs(description))
                .thenReturn(List.of(
                        configuration(ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION, ""),
                        configuration(ComponentConfigurationDTO.UNSATISFIED_REFERENCE, ""),
                        configuration(ComponentConfigurationDTO.FAILED_ACTIVATION, "java.lang.Failure: no\n at x"),
                        configuration(ComponentConfigurationDTO.ACTIVE, "")));

        assertThat(new BundleReport(context, () -> Optional.of(components)).lines())
                .containsExactly(
                        "Components that do not work:",
                        "an.Adapter: is not configured",
                        "an.Adapter: waits for Store",
                        "an.Adapter: has failed: java.lang.Failure: no",
                        "",
                        "Bundles:",
                        "    0 ACTIVE      eu.nephele.smo.core.engine 0.1.0");
    }

    private static ComponentConfigurationDTO configuration(int state, String failure) {
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.state = state;
        configuration.failure = failure;
        configuration.properties = Map.of("token", SECRET);
        UnsatisfiedReferenceDTO reference = new UnsatisfiedReferenceDTO();
        reference.name = "Store";
        configuration.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {reference};
        return configuration;
    }

    @Test
    void theLastWarningsAndErrorsAreKept() {
        LoggerContext log = new LoggerContext();
        RecentErrors errors = new RecentErrors(log);
        assertThat(errors.lines()).containsExactly("No warning and no error.");
        log.getLogger("a.Room").info("all is well");
        log.getLogger("a.Room").error("storing failed", new IOException("disk full", new IOException("quota")));
        for (int i = 0; i < RecentErrors.KEPT - 1; i++) {
            log.getLogger("a.Room").warn("warning {}", i);
        }
        assertThat(errors.lines()).hasSize(RecentErrors.KEPT);
        assertThat(errors.lines().get(0))
                .contains("ERROR a.Room", "storing failed", "IOException: disk full", "IOException: quota");

        log.getLogger("a.Room").warn("one more");
        assertThat(errors.lines()).hasSize(RecentErrors.KEPT).last().asString().contains("one more");
        assertThat(errors.lines().get(0)).contains("warning 0");
        errors.close();
        log.getLogger("a.Room").warn("unheard");
        assertThat(errors.lines()).last().asString().contains("one more");
    }

    @Test
    void anArchiveHasEachReportOnceBoundedAndWithoutSecrets() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Path recording = Files.write(folder.resolve("r"), new byte[] {1, 2, 3});
        try (DiagnosisArchive archive = new DiagnosisArchive(bytes)) {
            archive.add(report("a.txt", List.of("fine", "password=" + SECRET, "-----BEGIN PRIVATE KEY-----", SECRET)));
            archive.add(new DiagnosticReport() {
                @Override
                public String fileName() {
                    return "broken.txt";
                }

                @Override
                public List<String> lines() {
                    throw new IllegalStateException("no data, token=" + SECRET);
                }
            });
            archive.add(report(
                    "long.txt",
                    Stream.generate(() -> "x".repeat(1 << 20))
                            .limit(DiagnosisArchive.MOST_BYTES / (1 << 20) + 1)
                            .toList()));
            archive.add("recording.jfr", recording);
        }

        Map<String, byte[]> entries = entries(bytes.toByteArray());
        assertThat(entries.keySet()).containsExactly("a.txt", "broken.txt", "long.txt", "recording.jfr");
        assertThat(text(entries, "a.txt")).startsWith("fine\npassword=***\n***");
        assertThat(text(entries, "broken.txt")).contains("This report failed", "no data");
        assertThat(text(entries, "long.txt")).endsWith("cut off\n").hasSizeLessThan(DiagnosisArchive.MOST_BYTES + 20);
        assertThat(entries.get("recording.jfr")).isEqualTo(new byte[] {1, 2, 3});
        entries.keySet().forEach(name -> assertThat(text(entries, name)).doesNotContain(SECRET));
    }

    private static DiagnosticReport report(String name, List<String> lines) {
        return new DiagnosticReport() {
            @Override
            public String fileName() {
                return name;
            }

            @Override
            public List<String> lines() {
                return lines;
            }
        };
    }

    private static String text(Map<String, byte[]> entries, String name) {
        return new String(entries.get(name), StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }
}
