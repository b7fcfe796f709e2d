// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.core.contract.json.JsonPointers;
import eu.nephele.smo.core.descriptor.mapping.LenientFields;
import eu.nephele.smo.core.descriptor.schema.Suggestion;
import java.util.List;

/** Checks whether names of services mean a service of the graph, another one than the one that names them. */
final class ServiceReferenceValidator {

    private final DescriptorServices services;
    private final ValidationFindings findings;

    ServiceReferenceValidator(DescriptorServices services, ValidationFindings findings) {
        this.services = services;
        this.findings = findings;
    }

    void check() {
        services.forEach((index, service) -> {
            String place = DescriptorPointers.serviceIntents(index);
            LenientFields intent = services.intent(index);
            checkList(index, intent, "connectionPoints", place);
            checkNetwork(index, intent.child("network"), place + "/network");
            checkList(index, intent, "antiAffinity", place);
            checkCoLocation(index, intent, place + "/coLocation");
            LenientFields auto = services.trigger(index).child("auto");
            checkList(index, auto, "dependencies", DescriptorPointers.service(index) + "/deployment/trigger/auto");
            service.child("scaling")
                    .child("metric")
                    .text("service")
                    .ifPresent(id -> checkKnown(id, DescriptorPointers.service(index) + "/scaling/metric/service"));
        });
    }

    private void checkNetwork(int index, LenientFields network, String place) {
        checkList(index, network, "connectionPoints", place);
        if (!network.items("connectionPoints").isEmpty()) {
            findings.warning("%s/connectionPoints is in the wrong place; it is merged into %s/connectionPoints"
                    .formatted(place, DescriptorPointers.serviceIntents(index)));
        }
        List<LenientFields> latencies = network.children("latencies");
        for (int i = 0; i < latencies.size(); i++) {
            String pointer = place + "/latencies/" + i + "/connectionPoint";
            latencies
                    .get(i)
                    .text("connectionPoint")
                    .filter(id -> !id.isEmpty())
                    .ifPresent(id -> checkOther(index, id, pointer));
        }
        network.child("traffic")
                .members()
                .keySet()
                .forEach(id -> checkOther(index, id, JsonPointers.child(place + "/traffic", id)));
    }

    private void checkCoLocation(int index, LenientFields intent, String place) {
        List<JsonValue> items = intent.items("coLocation");
        for (int i = 0; i < items.size(); i++) {
            String pointer = place + "/" + i;
            items.get(i).asString().ifPresent(id -> checkOther(index, id, pointer));
            // with groundedGraphId the service is one of another graph
            items.get(i)
                    .asObject()
                    .map(LenientFields::new)
                    .filter(item -> item.text("groundedGraphId")
                            .filter(id -> !id.isEmpty())
                            .isEmpty())
                    .flatMap(item -> item.text("id"))
                    .ifPresent(id -> checkOther(index, id, pointer + "/id"));
        }
    }

    private void checkList(int index, LenientFields parent, String name, String place) {
        List<JsonValue> items = parent.items(name);
        for (int i = 0; i < items.size(); i++) {
            String pointer = place + "/" + name + "/" + i;
            items.get(i).asString().ifPresent(id -> checkOther(index, id, pointer));
        }
    }

    private void checkOther(int index, String id, String pointer) {
        if (id.equals(services.id(index))) {
            findings.violation(pointer, "service `%s` refers to itself".formatted(id));
        } else {
            checkKnown(id, pointer);
        }
    }

    private void checkKnown(String id, String pointer) {
        if (!services.has(id)) {
            String clause = Suggestion.clause(id, services.byId().keySet());
            findings.violation(pointer, "no service of this graph is called `%s`%s".formatted(shortened(id), clause));
        }
    }

    private static String shortened(String id) {
        return id.length() <= 60 ? id : id.substring(0, 60) + "…";
    }
}
