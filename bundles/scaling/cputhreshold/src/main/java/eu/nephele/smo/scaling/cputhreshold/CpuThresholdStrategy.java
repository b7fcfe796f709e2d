// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.cputhreshold;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;

/**
 * One step more at or above a mean CPU, one less at or below another, and a rest after each change: the rule of simple container
 * autoscalers. A service on several clusters is decided as a whole.
 */
@Component(property = {ScalingStrategy.ID + "=cpu-threshold"})
public final class CpuThresholdStrategy implements ScalingStrategy {

    @Override
    public Class<? extends Record> parametersType() {
        return CpuThresholdParameters.class;
    }

    @Override
    public ScalingInputs inputs(Record parameters) {
        return new ScalingInputs(List.of(MeanCpu.CORES, MeanCpu.READY), Duration.ZERO, Optional.empty());
    }

    @Override
    public ScalingResult scale(ScalingRequest request, DecisionContext context) {
        CpuThresholdParameters parameters = context.parameters(CpuThresholdParameters.class);
        RemainingCapacity room = new RemainingCapacity(request);
        TreeMap<Integer, List<Answer>> answers = new TreeMap<>();
        ServiceTargets.among(request.targets()).stream()
                .sorted(Comparator.comparing(ServiceTargets::priority, Comparator.reverseOrder()))
                .forEach(service -> answers.put(
                        service.first(),
                        new StepAllocation(service, room).answers(CpuThresholdRule.decide(service, parameters))));
        return new ScalingResult(answers.values().stream().flatMap(List::stream).toList());
    }
}
