// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.outside.HighestRanked;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Clusters and hosts on demand; providers and services of the core are dynamic. */
@Component
public final class InfrastructureSubsystem implements Subsystem {

    @Reference(target = "(smo.capacity.source=*)", cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, InfrastructureProvider>> providers = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OutsideGuard guard;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ResourceService resources;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OperationService operations;

    private final AccessControl access;
    private final Map<String, Object> served;

    @Activate
    public InfrastructureSubsystem(BundleContext context) {
        access = new InstalledAccess(context);
        served = Map.of(
                "infrastructure",
                new InfrastructureEndpoint(
                        this::providers,
                        DynamicServiceProxy.create(
                                ResourceService.class, "runtime", () -> Optional.ofNullable(resources)),
                        DynamicServiceProxy.create(
                                OperationService.class, "engine", () -> Optional.ofNullable(operations)),
                        access.authorizer("The interface")));
    }

    @Deactivate
    void close() {
        access.close();
    }

    @Override
    public Map<String, Object> resources() {
        return served;
    }

    /** Returns the present providers of clusters on demand by name. */
    private Map<String, InfrastructureProvider> providers() {
        OutsideGuard before = Optional.ofNullable(guard).orElse(OutsideGuard.NONE);
        Map<String, InfrastructureProvider> byName = new TreeMap<>();
        best(providers)
                .forEach((name, found) ->
                        byName.put(name, before.guard(InfrastructureProvider.class, found.getValue(), found.getKey())));
        return byName;
    }

    /** Of several with one name the one with the highest ranking, of equals the latest, like the engine. */
    static <T> Map<String, Map.Entry<Map<String, Object>, T>> best(List<Map.Entry<Map<String, Object>, T>> all) {
        return HighestRanked.byName(all, InfrastructureProvider.CAPACITY_SOURCE);
    }
}
