// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.core.contract.outside.HighestRanked;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Adapters are dynamic: they are looked up here at each call. Of several the engine's one is returned. */
@Component(service = OutsideServices.class)
public class OutsideServices {

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<ClusterRegistry> registries = List.of();

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    volatile List<Map.Entry<Map<String, Object>, SignalSource>> signalSources = List.of();

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    volatile List<Map.Entry<Map<String, Object>, NetworkFabric>> fabrics = List.of();

    @Reference(target = "(smo.artifact.type=hdag)", cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    volatile List<Map.Entry<Map<String, Object>, ArtifactRepository>> repositories = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OutsideGuard guard;

    public List<ClusterRegistry> registries() {
        return List.copyOf(registries);
    }

    public Optional<SignalSource> signals() {
        return HighestRanked.find(signalSources).map(Map.Entry::getValue);
    }

    public Optional<NetworkFabric> fabric() {
        return HighestRanked.find(fabrics).map(found -> guarded(NetworkFabric.class, found));
    }

    public Optional<ArtifactRepository> artifacts() {
        return HighestRanked.find(repositories).map(found -> guarded(ArtifactRepository.class, found));
    }

    private <T> T guarded(Class<T> port, Map.Entry<Map<String, Object>, T> found) {
        OutsideGuard before = Optional.ofNullable(guard).orElse(OutsideGuard.NONE);
        return before.guard(port, found.getValue(), found.getKey());
    }
}
