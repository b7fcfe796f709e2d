// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.core.contract.owner.Ownership;
import eu.nephele.smo.core.contract.runtime.DiagnosisService;
import eu.nephele.smo.core.contract.runtime.Profiler;
import eu.nephele.smo.core.contract.runtime.RuntimeService;
import eu.nephele.smo.core.contract.trace.RecordedTraces;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Services that report on the server; they are dynamic like those of {@link CoreServices}. */
@Component(service = PlatformServices.class)
public class PlatformServices {

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable RuntimeService runtime;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable Profiler profiler;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable DiagnosisService diagnosis;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable Ownership ownership;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable RecordedTraces traces;

    public final RuntimeService runtime() {
        return DynamicServiceProxy.create(RuntimeService.class, "runtime monitor", this::runtimeNow);
    }

    public final Profiler profiler() {
        return DynamicServiceProxy.create(Profiler.class, "profiler", this::profilerNow);
    }

    public final DiagnosisService diagnosis() {
        return DynamicServiceProxy.create(DiagnosisService.class, "diagnosis", this::diagnosisNow);
    }

    Optional<DiagnosisService> diagnosisNow() {
        return Optional.ofNullable(diagnosis);
    }

    Optional<RuntimeService> runtimeNow() {
        return Optional.ofNullable(runtime);
    }

    Optional<Profiler> profilerNow() {
        return Optional.ofNullable(profiler);
    }

    /** Empty where no traces are recorded. */
    Optional<RecordedTraces> tracesNow() {
        return Optional.ofNullable(traces);
    }

    /** Empty while the database is not open. */
    Optional<Ownership> ownershipNow() {
        return Optional.ofNullable(ownership);
    }
}
