// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import eu.nephele.smo.core.contract.runtime.DiagnosisService;
import eu.nephele.smo.core.contract.runtime.EngineActivity.Activity;
import eu.nephele.smo.core.contract.runtime.Profiler;
import eu.nephele.smo.core.contract.runtime.RuntimeService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Permissions for the activity of the server and for recordings. */
final class ServerDoorsTest extends DoorContract {

    @TempDir
    private static Path folder;

    private final MicrometerMeasurements measurements = new MicrometerMeasurements(name -> "");
    private final RuntimeReporter reporter = new RuntimeReporter(
            measurements,
            () -> new Activity(0, Duration.ZERO, List.of(), 4, 2, List.of(), List.of()),
            mock(OutsideGuard.class),
            rights,
            System::nanoTime);
    private FlightRecorderProfiler profiler;
    private DiagnosisCollector diagnosis;

    @BeforeAll
    void open() {
        profiler = new FlightRecorderProfiler(folder, rights);
        BundleContext context = mock(BundleContext.class);
        when(context.getBundles()).thenReturn(new Bundle[0]);
        diagnosis = new DiagnosisCollector(context, folder, rights, profiler, List.of());
    }

    @AfterAll
    void end() {
        diagnosis.close();
        profiler.close();
        reporter.close();
        measurements.close();
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(Profiler.class, profiler, RuntimeService.class, reporter, DiagnosisService.class, diagnosis);
    }

    @Override
    protected boolean onlyReads(Method method) {
        return method.getName().equals("report");
    }

    /** A recording is given up at once. */
    @Override
    protected Object argument(Method method, int index) throws Exception {
        BooleanSupplier givenUp = () -> true;
        return method.getParameterTypes()[index] == BooleanSupplier.class ? givenUp : super.argument(method, index);
    }

    @Override
    protected Object stored() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
