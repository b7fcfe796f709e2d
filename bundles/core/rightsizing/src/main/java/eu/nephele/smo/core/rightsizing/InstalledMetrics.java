// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.core.contract.outside.HighestRanked;
import eu.nephele.smo.core.contract.outside.JoinedMetrics;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The metrics source is dynamic: it is looked up at each question. Several are asked as the engine asks them. */
@Component(service = InstalledMetrics.class)
public final class InstalledMetrics {

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    volatile List<Map.Entry<Map<String, Object>, MetricsSource>> sources = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OutsideGuard guard;

    Optional<MetricsSource> find() {
        OutsideGuard before = Optional.ofNullable(guard).orElse(OutsideGuard.NONE);
        List<MetricsSource> inOrder = HighestRanked.inOrder(sources).stream()
                .map(found -> before.guard(MetricsSource.class, found.getValue(), found.getKey()))
                .toList();
        return inOrder.isEmpty() ? Optional.empty() : Optional.of(new JoinedMetrics(inOrder));
    }
}
