// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.outside.HighestRanked;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The controller behind OSGi. It remembers what is under way: providers, guard and runtime come and go without it. */
@Component(
        service = ResourceController.class,
        immediate = true,
        property = ResourceController.KIND + "=" + InfrastructureController.INFRASTRUCTURE)
public final class InfrastructureComponent implements ResourceController {

    private final InfrastructureController controller =
            new InfrastructureController(this::providers, this::wake, this::stored);

    @Reference(target = "(smo.capacity.source=*)", cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, InfrastructureProvider>> offered = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OutsideGuard guard;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ResourceService resources;

    private Map<String, ProviderInstance> providers() {
        OutsideGuard before = Optional.ofNullable(guard).orElse(OutsideGuard.NONE);
        Map<String, ProviderInstance> byName = new TreeMap<>();
        HighestRanked.byName(offered, InfrastructureProvider.CAPACITY_SOURCE)
                .forEach((name, found) -> byName.put(name, source(before, name, found)));
        return byName;
    }

    private static ProviderInstance source(
            OutsideGuard before, String name, Map.Entry<Map<String, Object>, InfrastructureProvider> found) {
        Object system = found.getKey().get(AdapterException.SYSTEM);
        Object identity = found.getKey().get(Constants.SERVICE_ID);
        return new ProviderInstance(
                before.guard(
                        InfrastructureProvider.class, found.getValue(), system instanceof String known ? known : name),
                identity instanceof Long id ? id : 0);
    }

    /** While the runtime is unavailable there are no passes; when it is back all resources get one. */
    private void wake(ResourceRef ref) {
        Optional.ofNullable(resources).ifPresent(runtime -> runtime.wake(ref));
    }

    private Optional<Resource> stored(ResourceRef ref) {
        ResourceService runtime = resources;
        if (runtime == null) {
            throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "smo", "The resource runtime is unavailable");
        }
        try {
            return runtime.find(ref, CallContext.INTERNAL);
        } catch (SmoException failed) {
            throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "smo", failed.getMessage(), failed);
        }
    }

    @Override
    public ResourceKind kind() {
        return controller.kind();
    }

    @Override
    public Reconciled reconcile(Resource resource, Reconciliation call) throws InterruptedException {
        return controller.reconcile(resource, call);
    }
}
