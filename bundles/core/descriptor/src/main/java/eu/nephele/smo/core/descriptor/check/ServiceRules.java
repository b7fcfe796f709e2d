// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import eu.nephele.smo.core.descriptor.mapping.LenientFields;
import eu.nephele.smo.core.descriptor.mapping.PromDuration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

final class ServiceRules {

    private final DescriptorServices services;
    private final ValidationFindings findings;

    ServiceRules(DescriptorServices services, ValidationFindings findings) {
        this.services = services;
        this.findings = findings;
    }

    void check() {
        services.forEach((index, service) -> {
            String place = DescriptorPointers.service(index);
            checkUnique(index, place + "/id");
            checkTrigger(services.trigger(index), place + "/deployment/trigger");
            checkScaling(service.child("scaling"), place + "/scaling");
        });
    }

    private void checkUnique(int index, String pointer) {
        int first = services.byId().getOrDefault(services.id(index), index);
        if (first != index && findings.cleanAt(pointer)) {
            findings.violation(
                    pointer,
                    "`%s` is the id of %s already".formatted(services.id(index), DescriptorPointers.service(first)));
        }
    }

    private void checkTrigger(LenientFields trigger, String place) {
        if (trigger.has("event") && (trigger.has("auto") || trigger.has("type"))) {
            findings.violation(
                    place, "`event` stands alone: a service is installed by events or together with its graph");
        }
        List<LenientFields> events = trigger.child("event").children("events");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            String pointer = place + "/event/events/" + i;
            events.get(i)
                    .text("id")
                    .filter(id -> !names.add(id))
                    .ifPresent(
                            id -> findings.violation(pointer + "/id", "this service has an event of this id already"));
            checkDuration(events.get(i).child("condition"), pointer + "/condition/gracePeriod");
        }
    }

    private void checkDuration(LenientFields condition, String pointer) {
        condition
                .text("gracePeriod")
                .filter(text -> findings.cleanAt(pointer))
                .filter(text -> PromDuration.parse(text).isEmpty())
                .ifPresent(
                        text -> findings.violation(pointer, "%s is longer than Prometheus can count".formatted(text)));
    }

    private void checkScaling(LenientFields scaling, String place) {
        OptionalInt min = scaling.integer("minReplicas");
        OptionalInt max = scaling.integer("maxReplicas");
        if (max.isPresent() && max.getAsInt() < min.orElse(0)) {
            findings.violation(
                    place + "/maxReplicas", "%d is less than minReplicas %d".formatted(max.getAsInt(), min.orElse(0)));
        }
        if (scaling.has("metric") && findings.cleanAt(place + "/metric")) {
            LenientFields metric = scaling.child("metric");
            if (metric.has("query") == metric.has("service")) {
                findings.violation(place + "/metric", "exactly one of `query` and `service` is expected");
            }
        }
    }
}
