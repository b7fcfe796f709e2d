// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Short ways to read a body in tests. */
final class Reading {

    private final HdagReader reader;

    private Reading(HdagReader reader) {
        this.reader = reader;
    }

    static Reading usual() {
        return with(InstalledForTests.usual());
    }

    static Reading with(StrategyCatalog catalog) {
        return with(catalog, ReaderSettings.STANDARD);
    }

    static Reading with(StrategyCatalog catalog, ReaderSettings settings) {
        return new Reading(new HdagReader(catalog, settings));
    }

    /** Accepts intents without a handler. */
    static Reading lenient(StrategyCatalog catalog) {
        return with(catalog, lenient());
    }

    private static ReaderSettings lenient() {
        ReaderSettings standard = ReaderSettings.STANDARD;
        return new ReaderSettings(
                standard.maxBodyBytes(),
                standard.maxDepth(),
                standard.maxNodes(),
                standard.maxServices(),
                standard.maxValuesBytes(),
                false,
                standard.reservedProjects());
    }

    /**
     * In seconds of processor time, so that a busy machine does not fail it. The first time classes are loaded and nothing is compiled:
     * that is no property of the body, so what took longer is read once more.
     */
    static <T> T withinASecond(Supplier<T> call) {
        Duration second = Duration.ofSeconds(1);
        Timed<T> first = timed(call);
        Timed<T> counted = first.took().compareTo(second) < 0 ? first : timed(call);
        assertThat(counted.took()).isLessThan(second);
        return counted.result();
    }

    private record Timed<T>(T result, Duration took) {}

    private static <T> Timed<T> timed(Supplier<T> call) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        T result = call.get();
        return new Timed<>(result, Duration.ofNanos(threads.getCurrentThreadCpuTime() - start));
    }

    HdagReader reader() {
        return reader;
    }

    DescriptorSource.Inline inline(String body, Format format) {
        return (DescriptorSource.Inline) reader.read("demo", body.getBytes(UTF_8), format);
    }

    Graph yaml(String body) {
        return inline(body, Format.YAML).graph();
    }

    List<String> warnings(String yaml) {
        return inline(yaml, Format.YAML).warnings();
    }

    SmoException refusal(byte[] body, Format format) {
        return Objects.requireNonNull(
                catchThrowableOfType(SmoException.class, () -> reader.read("demo", body, format)), "accepted");
    }

    SmoException refusal(String body, Format format) {
        return refusal(body.getBytes(UTF_8), format);
    }

    List<String> pointers(String yaml) {
        return refusal(yaml, Format.YAML).violations().stream()
                .map(Violation::pointer)
                .toList();
    }

    List<Violation> violations(String yaml) {
        return refusal(yaml, Format.YAML).violations();
    }
}
