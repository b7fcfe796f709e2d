// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** Narrows the bounds of services in windows of time, in which another strategy decides. */
@Component(
        service = ScalingStrategy.class,
        property = {
            ScalingStrategy.ID + "=scheduled",
            ScalingStrategy.EXAMINED_WITH + "={\"windows\": [{\"cron\": \"0 8 * * 1-5\", \"durationMinutes\": 600,"
                    + " \"minReplicas\": 2}, {\"businessHours\": {\"from\": \"22:00\", \"to\":"
                    + " \"06:00\"}, \"maxReplicas\": 4}]}"
        })
public final class ScheduledStrategy implements ScalingWrapper {

    @Override
    public Class<? extends Record> parametersType() {
        return ScheduledParameters.class;
    }

    @Override
    public Prepared prepare(ScalingRequest request, DecisionContext context) {
        // once for all targets
        BoundsInForce bounds = new Schedule(context.parameters(ScheduledParameters.class)).at(context.now());
        List<ScalingTarget> targets = new ArrayList<>();
        List<Optional<String>> notes = new ArrayList<>();
        for (DividedBounds service : DividedBounds.among(request.targets())) {
            for (ScalingTarget narrowed : bounds.narrowed(service)) {
                targets.add(narrowed);
                notes.add(Optional.of(bounds.note(service, narrowed)));
            }
        }
        return new Prepared(targets, notes);
    }
}
