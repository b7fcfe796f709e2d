// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.mapping;

import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.model.Trigger.Auto;
import eu.nephele.smo.api.model.Trigger.Condition;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.model.Trigger.OnEvent;
import java.time.Duration;

/** Start of a service: conditional with {@code event}, with its graph in every other form. */
final class TriggerMapper {

    private TriggerMapper() {}

    static Trigger trigger(LenientFields trigger) {
        if (!trigger.has("event")) {
            return new Auto(trigger.child("auto").texts("dependencies"));
        }
        LenientFields event = trigger.child("event");
        Condition condition = event.text("condition").filter("ALL"::equals).isPresent() ? Condition.ALL : Condition.ANY;
        return new OnEvent(
                condition,
                event.children("events").stream().map(TriggerMapper::rule).toList());
    }

    private static EventRule rule(LenientFields event) {
        LenientFields condition = event.child("condition");
        return new EventRule(
                event.text("id").orElse(""),
                condition.text("promQuery").orElse(""),
                condition.text("gracePeriod").flatMap(PromDuration::parse).orElse(Duration.ZERO),
                condition.text("description").orElse(""));
    }
}
