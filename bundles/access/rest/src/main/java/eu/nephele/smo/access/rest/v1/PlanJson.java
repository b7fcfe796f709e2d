// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.rest.cluster.ClusterNames;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.util.Collection;
import java.util.TreeMap;

final class PlanJson {

    private PlanJson() {}

    static ObjectNode toJson(Plan plan, ClusterNames names) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", plan.id());
        node.put("href", GraphJson.path(plan.graph()) + "/plans/" + plan.id());
        node.put("project", plan.graph().project());
        node.put("graph", plan.graph().name());
        node.put("kind", plan.kind().name());
        node.put("createdAt", plan.validity().createdAt().toString());
        node.put("expiresAt", plan.validity().expiresAt().toString());
        node.put("feasible", plan.feasible());
        node.set("services", services(plan.services()));
        ArrayNode steps = node.putArray("steps");
        plan.steps().forEach(step -> steps.add(step(step, names)));
        ObjectNode placement = node.putObject("placement");
        plan.placement().shares().forEach((service, shares) -> placement.set(service, GraphJson.shares(shares, names)));
        ObjectNode takeovers = node.putObject("takeovers");
        new TreeMap<>(plan.takeovers()).forEach((service, releases) -> {
            ArrayNode list = takeovers.putArray(service);
            releases.forEach(release -> list.add(release(release)));
        });
        node.set("decision", StrictJson.node(plan.decision()));
        node.set("conflicts", texts(plan.conflicts()));
        node.set("warnings", texts(plan.warnings()));
        return node;
    }

    private static ObjectNode services(Plan.Services services) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("added", sorted(services.added()));
        node.set("removed", sorted(services.removed()));
        node.set("moved", sorted(services.moved()));
        node.set("changed", sorted(services.changed()));
        node.set("unchanged", sorted(services.unchanged()));
        return node;
    }

    private static ObjectNode step(PlanStep step, ClusterNames names) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("action", step.action().name());
        node.put("service", step.service());
        node.set("from", GraphJson.shares(step.from(), names));
        node.set("to", GraphJson.shares(step.to(), names));
        node.put("makeBeforeBreak", step.makeBeforeBreak());
        node.put("detail", step.detail());
        return node;
    }

    private static ObjectNode release(ForeignRelease release) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("place", release.place());
        node.put("maker", release.maker());
        node.put("fingerprint", release.fingerprint());
        ArrayNode differences = node.putArray("differences");
        release.differences().forEach(difference -> {
            ObjectNode item = differences.addObject();
            item.put("subject", difference.subject());
            item.put("pointer", difference.pointer());
            difference.present().ifPresent(present -> item.set("present", StrictJson.node(present)));
            difference.wanted().ifPresent(wanted -> item.set("wanted", StrictJson.node(wanted)));
        });
        node.put("omitted", release.omitted());
        return node;
    }

    private static ArrayNode sorted(Collection<String> ids) {
        return texts(ids.stream().sorted().toList());
    }

    private static ArrayNode texts(Collection<String> texts) {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        texts.forEach(node::add);
        return node;
    }
}
