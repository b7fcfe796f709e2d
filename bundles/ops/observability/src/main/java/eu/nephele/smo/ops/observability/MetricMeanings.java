// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.measure.Metric;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;

/** Finds what a metric means in the bundle that records it: {@link Metric} makes a capability of each. */
final class MetricMeanings implements UnaryOperator<String> {

    private final BundleContext context;

    MetricMeanings(BundleContext context) {
        this.context = context;
    }

    /** Returns the meaning of the metric of that name, "" if no bundle describes it. */
    @Override
    public String apply(String name) {
        return Arrays.stream(context.getBundles())
                .flatMap(bundle -> Optional.ofNullable(bundle.adapt(BundleRevision.class)).stream())
                .flatMap(revision -> revision.getDeclaredCapabilities(Metric.NAMESPACE).stream())
                .filter(capability -> name.equals(capability.getAttributes().get(Metric.NAME)))
                .map(capability -> String.valueOf(capability.getAttributes().get(Metric.MEANING)))
                .findFirst()
                .orElse("");
    }
}
