// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.audit.AuditService;
import eu.nephele.smo.core.contract.runtime.DiagnosisService;
import eu.nephele.smo.core.contract.runtime.DiagnosticReport;
import eu.nephele.smo.core.contract.runtime.Profiler;
import eu.nephele.smo.ops.observability.diagnosis.BundleReport;
import eu.nephele.smo.ops.observability.diagnosis.DiagnosisArchive;
import eu.nephele.smo.ops.observability.diagnosis.HeapReport;
import eu.nephele.smo.ops.observability.diagnosis.RecentErrors;
import eu.nephele.smo.ops.observability.diagnosis.SystemReport;
import eu.nephele.smo.ops.observability.diagnosis.ThreadReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Makes the archive of {@code ./smo diagnose} (ADR 0098), one at a time. */
@Component(service = DiagnosisService.class, immediate = true)
public final class DiagnosisCollector implements DiagnosisService {

    private static final ResourceRef SERVER = ResourceRef.all("server");
    private static final int MOST_OPERATIONS = 1_000;

    private final AtomicBoolean busy = new AtomicBoolean();
    private final Path folder;
    private final AccessControl access;
    private final Authorizer authorizer;
    private final Profiler profiler;
    private final RecentErrors errors = new RecentErrors();
    private final List<DiagnosticReport> own;

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<DiagnosticReport> others = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ServiceComponentRuntime components;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OperationService operations;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable AuditService audit;

    @Activate
    public DiagnosisCollector(
            BundleContext context,
            @Reference Readiness readiness,
            @Reference MicrometerMeasurements measurements,
            @Reference Profiler profiler) {
        this(
                context,
                Path.of(System.getProperty("java.io.tmpdir")),
                new InstalledAccess(context),
                profiler,
                List.of(
                        report("health.txt", () -> health(readiness)),
                        report("metrics.txt", () -> measurements.text().lines().toList())));
    }

    /** @param more reports of this bundle beside those of the process */
    DiagnosisCollector(
            BundleContext context, Path folder, AccessControl access, Profiler profiler, List<DiagnosticReport> more) {
        this.folder = folder;
        this.access = access;
        this.authorizer = access.authorizer("The diagnosis");
        this.profiler = profiler;
        Path data = Path.of(Optional.ofNullable(context.getProperty("smo.data")).orElse("."));
        this.own = Stream.concat(
                        Stream.of(
                                new SystemReport(data),
                                new ThreadReport(),
                                new HeapReport(),
                                new BundleReport(context, () -> Optional.ofNullable(components)),
                                errors),
                        more.stream())
                .toList();
    }

    @Deactivate
    void close() {
        errors.close();
        authorizer.end();
        access.close();
    }

    @Override
    public Path diagnose(Optional<Duration> recording, BooleanSupplier givenUp, CallContext call) {
        return authorizer.operate(call, Verb.OPERATE, SERVER, "diagnose", () -> alone(recording, givenUp, call));
    }

    private Path alone(Optional<Duration> recording, BooleanSupplier givenUp, CallContext call) {
        if (!busy.compareAndSet(false, true)) {
            throw SmoException.conflict("Another diagnosis is under way; try again when it has ended");
        }
        Optional<Path> recorded = Optional.empty();
        try {
            recorded = recording.map(duration -> profiler.profile(duration, givenUp, call));
            return written(recorded, call);
        } catch (IOException unwritable) {
            SmoException failed = SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "The archive cannot be written into %s: %s".formatted(folder, unwritable.getMessage()),
                    Optional.empty());
            failed.initCause(unwritable);
            throw failed;
        } finally {
            recorded.ifPresent(file -> file.toFile().delete());
            busy.set(false);
        }
    }

    private Path written(Optional<Path> recorded, CallContext call) throws IOException {
        Path file = Files.createTempFile(folder, "diagnosis", ".zip");
        boolean whole = false;
        try {
            write(file, recorded, call);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
        return file;
    }

    private void write(Path file, Optional<Path> recorded, CallContext call) throws IOException {
        try (DiagnosisArchive archive = new DiagnosisArchive(Files.newOutputStream(file))) {
            List<DiagnosticReport> reports = new ArrayList<>(own);
            reports.addAll(others);
            Optional.ofNullable(operations)
                    .ifPresent(service -> reports.add(report("operations.txt", () -> open(service, call))));
            Optional.ofNullable(audit)
                    .ifPresent(service -> reports.add(report("audit.txt", () -> chain(service, call))));
            for (DiagnosticReport report : reports) {
                archive.add(report);
            }
            if (recorded.isPresent()) {
                archive.add("recording.jfr", recorded.get());
            }
        }
    }

    private static List<String> health(Readiness readiness) {
        List<String> lines = new ArrayList<>();
        lines.add("role " + readiness.role().orElse("unknown: the database is not open"));
        Stream.of(List.of(readiness.owner()), readiness.vital(), readiness.checks())
                .flatMap(List::stream)
                .forEach(check ->
                        lines.add("%-4s %s: %s".formatted(check.ok() ? "ok" : "DOWN", check.name(), check.message())));
        return lines;
    }

    private static List<String> open(OperationService operations, CallContext call) {
        List<String> lines = new ArrayList<>();
        operations
                .list(Optional.empty(), Optional.empty(), true, MOST_OPERATIONS, call)
                .forEach(operation -> lines.add("%s %s %s %s since %s: %s%s"
                        .formatted(
                                operation.id(),
                                operation.kind(),
                                operation.target(),
                                operation.state(),
                                operation.times().createdAt(),
                                operation.message(),
                                operation
                                        .error()
                                        .map(fault -> "; " + fault.message())
                                        .orElse(""))));
        return lines.isEmpty() ? List.of("No operation is open.") : lines;
    }

    /** Places of anchors are left out: an address may have credentials in it. */
    private static List<String> chain(AuditService audit, CallContext call) {
        AuditService.AuditState state = audit.state(call);
        List<String> lines = new ArrayList<>();
        lines.add("last entry " + state.head().sequence() + ", epoch "
                + state.head().epoch());
        lines.add("last signed head "
                + state.seal()
                        .map(seal -> Long.toString(seal.head().sequence()))
                        .orElse("none"));
        lines.add("begins after "
                + state.checkpoint()
                        .map(seal -> Long.toString(seal.head().sequence()))
                        .orElse("0"));
        lines.add("entries that wait " + state.waiting());
        for (int i = 0; i < state.anchors().size(); i++) {
            lines.add("anchor %d has %d%s"
                    .formatted(
                            i + 1,
                            state.anchors().get(i).sequence(),
                            state.anchors().get(i).failure().isEmpty() ? "" : ", and fails"));
        }
        return lines;
    }

    private static DiagnosticReport report(String name, Supplier<List<String>> lines) {
        return new DiagnosticReport() {
            @Override
            public String fileName() {
                return name;
            }

            @Override
            public List<String> lines() {
                return lines.get();
            }
        };
    }
}
