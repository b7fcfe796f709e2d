// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.core.contract.outside.HighestRanked;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deployers and runtimes are dynamic: they are looked up at each question. Of several the engine's one is asked. */
@Component(service = InstalledWorkloads.class)
public final class InstalledWorkloads {

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    volatile List<Map.Entry<Map<String, Object>, WorkloadDeployer>> deployers = List.of();

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    volatile List<Map.Entry<Map<String, Object>, WorkloadRuntime>> runtimes = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OutsideGuard guard;

    WorkloadPorts ports() {
        return new WorkloadPorts(this::deployer, this::allRuntimes);
    }

    private Optional<WorkloadDeployer> deployer(String type) {
        return HighestRanked.byName(deployers, WorkloadDeployer.ARTIFACT_TYPE).entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(type))
                .findFirst()
                .map(each -> guarded(WorkloadDeployer.class, each.getValue()));
    }

    private Collection<WorkloadRuntime> allRuntimes() {
        return HighestRanked.byName(runtimes, ClusterId.SOURCE).values().stream()
                .map(found -> guarded(WorkloadRuntime.class, found))
                .toList();
    }

    private <T> T guarded(Class<T> port, Map.Entry<Map<String, Object>, T> found) {
        OutsideGuard before = Optional.ofNullable(guard).orElse(OutsideGuard.NONE);
        return before.guard(port, found.getValue(), found.getKey());
    }
}
