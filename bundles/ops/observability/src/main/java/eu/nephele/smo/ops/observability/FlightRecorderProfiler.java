// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.runtime.Profiler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records this process with Java Flight Recorder (ADR 0045). Only events without texts of the machine or of users are
 * enabled: no environment, no properties, no files, no messages.
 */
@Component(service = Profiler.class)
public final class FlightRecorderProfiler implements Profiler {

    private static final Logger LOG = LoggerFactory.getLogger(FlightRecorderProfiler.class);
    private static final ResourceRef SERVER = ResourceRef.all("server");
    private static final int FRAMES = 192;
    private static final long LARGEST_BYTES = 64L << 20;
    private static final Duration SAMPLE = Duration.ofMillis(10);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** The recorder keeps a recording until its end; a second one would contain the first one. */
    private final AtomicBoolean busy = new AtomicBoolean();

    private final AtomicBoolean deepened = new AtomicBoolean();
    private final Path folder;
    private final AccessControl access;
    private final Authorizer authorizer;
    private volatile boolean closed;

    @Activate
    public FlightRecorderProfiler(BundleContext context) {
        // The server's folder for recordings is in its data directory, closed to others.
        this(Path.of(System.getProperty("java.io.tmpdir")), new InstalledAccess(context));
    }

    FlightRecorderProfiler(Path folder, AccessControl access) {
        this.folder = folder;
        this.access = access;
        this.authorizer = access.authorizer("The profiler");
    }

    @Deactivate
    void close() {
        closed = true;
        authorizer.end();
        access.close();
    }

    @Override
    public Path profile(Duration duration, BooleanSupplier givenUp, CallContext call) {
        return authorizer.operate(call, Verb.OPERATE, SERVER, "profile", () -> profile(duration, givenUp));
    }

    private Path profile(Duration duration, BooleanSupplier givenUp) {
        if (!isAvailable()) {
            throw unavailable("This Java runtime has no Flight Recorder (module jdk.jfr)");
        }
        if (!busy.compareAndSet(false, true)) {
            throw SmoException.conflict("Another profile is being recorded; try again when it has ended");
        }
        try {
            return recorded(duration, givenUp);
        } catch (IOException unwritable) {
            SmoException failed = unavailable(
                    "The recording cannot be written into %s: %s".formatted(folder, unwritable.getMessage()));
            failed.initCause(unwritable);
            throw failed;
        } finally {
            busy.set(false);
        }
    }

    private static boolean isAvailable() {
        try {
            return FlightRecorder.isAvailable();
        } catch (NoClassDefFoundError withoutTheModule) {
            return false;
        }
    }

    /**
     * Requests exceed the usual 64 frames, and truncated stacks have no common root. The depth can be set before the
     * first recording only; an option of the command line would cost every start some milliseconds.
     */
    private void deepen() {
        if (!deepened.compareAndSet(false, true)) {
            return;
        }
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "jfrConfigure",
                            new Object[] {new String[] {"stackdepth=" + FRAMES}},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            LOG.info("configuring stack depth failed; stacks of profiles have at most 64 frames", e);
        }
    }

    private Path recorded(Duration duration, BooleanSupplier givenUp) throws IOException {
        deepen();
        try (Recording recording = new Recording()) {
            recording.setName("smo");
            recording.setToDisk(true);
            recording.setMaxSize(LARGEST_BYTES);
            enable(recording);
            recording.start();
            await(duration, givenUp);
            recording.stop();
            Path file = Files.createTempFile(folder, "profile", ".jfr");
            boolean written = false;
            try {
                recording.dump(file);
                written = true;
                return file;
            } finally {
                if (!written) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void enable(Recording recording) {
        recording.enable("jdk.ExecutionSample").withPeriod(SAMPLE);
        recording.enable("jdk.ObjectAllocationSample").with("throttle", "300/s").withStackTrace();
        recording.enable("jdk.JavaMonitorEnter").withThreshold(SAMPLE).withStackTrace();
        recording.enable("jdk.GarbageCollection").withoutThreshold();
        recording.enable("jdk.GCPhasePause").withoutThreshold();
        recording.enable("jdk.GCHeapSummary");
        recording.enable("jdk.CPULoad").withPeriod(Duration.ofSeconds(1));
        recording.enable("jdk.ThreadCPULoad").withPeriod(Duration.ofSeconds(10));
    }

    private void await(Duration duration, BooleanSupplier givenUp) {
        long end = System.nanoTime() + duration.toNanos();
        long left = duration.toNanos();
        try {
            while (left > 0) {
                if (closed || givenUp.getAsBoolean()) {
                    throw unavailable(
                            "The recording was cancelled, because the server stops or a part of it is replaced");
                }
                TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK.toNanos()));
                left = end - System.nanoTime();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw unavailable("The server is stopping");
        }
    }

    private static SmoException unavailable(String message) {
        return SmoException.of(SmoException.Kind.UNAVAILABLE, "smo", message, Optional.empty());
    }
}
