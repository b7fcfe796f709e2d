// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import eu.nephele.smo.core.contract.measure.Measurements;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Hands measurements to whoever measures now. Deciders hold this, so that they stay when observability comes and goes. */
@Component(service = MeasurementsRelay.class)
public final class MeasurementsRelay implements Measurements {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Measurements target;

    private Measurements target() {
        Measurements now = target;
        return now == null ? NONE : now;
    }

    @Override
    public void count(String name, Map<String, String> labels) {
        target().count(name, labels);
    }

    @Override
    public void time(String name, Map<String, String> labels, Duration duration) {
        target().time(name, labels, duration);
    }

    @Override
    public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
        target().gauge(name, labels, owner, value);
    }
}
