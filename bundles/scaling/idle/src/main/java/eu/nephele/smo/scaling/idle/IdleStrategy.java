// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.idle;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;

/** Takes all replicas from services that nobody needs, and gives one back to those that are needed again; another strategy decides the rest. */
@Component(service = ScalingStrategy.class, property = ScalingStrategy.ID + "=idle")
public final class IdleStrategy implements ScalingWrapper {

    @Override
    public Class<? extends Record> parametersType() {
        return IdleParameters.class;
    }

    @Override
    public ScalingInputs inputs(Record parameters) {
        IdleParameters bound = (IdleParameters) parameters;
        Stream<ScalingMetric> ofRequests =
                bound.requests() ? Stream.of(WakeSize.WAITING, WakeSize.RESPONSE_TIME_MILLIS) : Stream.empty();
        return new ScalingInputs(
                Stream.concat(bound.wake().map(Wake::asked).stream(), ofRequests)
                        .distinct()
                        .toList(),
                bound.history(),
                Optional.empty());
    }

    @Override
    public Prepared prepare(ScalingRequest request, DecisionContext context) {
        IdleParameters parameters = context.parameters(IdleParameters.class);
        WakeSize size = new WakeSize(request.targets(), context.now());
        List<ServiceNeed> needs = request.targets().stream()
                .map(target -> ServiceNeed.of(target, size, parameters, context.now()))
                .toList();
        return new Prepared(
                needs.stream().map(ServiceNeed::narrowed).toList(),
                needs.stream().map(need -> Optional.of(need.note())).toList());
    }
}
