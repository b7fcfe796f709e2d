// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.InputLimits;
import eu.nephele.smo.access.http.RequestBodies;
import eu.nephele.smo.access.http.json.SelectionReader;
import eu.nephele.smo.access.rest.cluster.ClusterNames;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the body of a placement call; all errors at once. */
final class PlacementBody {

    private static final Map<String, DecisionReason> REASONS =
            Map.of("replace", DecisionReason.REPLACE, "move", DecisionReason.MOVE, "offload", DecisionReason.OFFLOAD);
    private static final Set<String> MEMBERS = Set.of("reason", "services", "target", "override", "force");

    private final ObjectNode body;
    private final String root;
    private final List<Violation> violations = new ArrayList<>();

    private PlacementBody(ObjectNode body, String root) {
        this.body = body;
        this.root = root;
    }

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} with pointers */
    static PlaceRequest read(ObjectNode body, ClusterNames clusters, StrategyCatalog catalog) {
        return read(body, "", clusters, catalog);
    }

    /** @param root pointer of the placement request in the body */
    static PlaceRequest read(ObjectNode wishes, String root, ClusterNames clusters, StrategyCatalog catalog) {
        return new PlacementBody(wishes, root).read(clusters, catalog);
    }

    private PlaceRequest read(ClusterNames clusters, StrategyCatalog catalog) {
        BodyMembers.refuseUnknown(body, MEMBERS, root, violations);
        DecisionReason reason = reason();
        PlaceRequest request =
                new PlaceRequest(reason, services(), target(reason, clusters), override(catalog), flag("force"));
        if (reason == DecisionReason.MOVE && request.services().isEmpty()) {
            wrong("/services", "is empty, expected the services that must leave their clusters");
        }
        if (!violations.isEmpty()) {
            throw RequestBodies.invalid(violations);
        }
        return request;
    }

    private DecisionReason reason() {
        JsonNode reason = body.path("reason");
        if (reason.isMissingNode()) {
            return DecisionReason.REPLACE;
        }
        DecisionReason known = REASONS.get(reason.asText());
        if (known == null) {
            wrong("/reason", "expected replace, move or offload");
            return DecisionReason.REPLACE;
        }
        return known;
    }

    private Set<String> services() {
        JsonNode services = body.path("services");
        Set<String> ids = new LinkedHashSet<>();
        if (!services.isMissingNode() && !services.isArray()) {
            wrong("/services", "expected an array of service ids");
        }
        if (services.size() > InputLimits.SERVICES) {
            wrong("/services", "expected at most %d services".formatted(InputLimits.SERVICES));
            return ids;
        }
        for (int i = 0; i < services.size(); i++) {
            if (services.get(i).isTextual() && InputLimits.fits(services.get(i).textValue())) {
                ids.add(services.get(i).textValue());
            } else {
                wrong("/services/" + i, "expected the id of a service");
            }
        }
        return ids;
    }

    private Optional<ClusterId> target(DecisionReason reason, ClusterNames clusters) {
        JsonNode target = body.path("target");
        if (target.isMissingNode()) {
            if (reason == DecisionReason.OFFLOAD) {
                wrong("/target", "is missing, expected the name of the cluster to go to");
            }
            return Optional.empty();
        }
        if (reason != DecisionReason.OFFLOAD) {
            wrong("/target", "is for the reason offload only");
            return Optional.empty();
        }
        if (!InputLimits.fits(target.asText())) {
            wrong("/target", "expected at most %d characters".formatted(InputLimits.TEXT_CHARACTERS));
            return Optional.empty();
        }
        List<ClusterId> meant = clusters.meantBy(target.asText());
        if (meant.size() != 1) {
            wrong(
                    "/target",
                    meant.isEmpty()
                            ? "cluster '%s' does not exist".formatted(target.asText())
                            : "several sources have a cluster of that name: %s".formatted(meant));
            return Optional.empty();
        }
        return Optional.of(meant.get(0));
    }

    private StrategySelection override(StrategyCatalog catalog) {
        JsonNode override = body.path("override");
        if (override.isMissingNode()) {
            return StrategySelection.UNSPECIFIED;
        }
        if (!(override instanceof ObjectNode object)) {
            wrong("/override", "expected an object");
            return StrategySelection.UNSPECIFIED;
        }
        BodyMembers.refuseUnknown(object, Set.of("placement"), root + "/override", violations);
        if (!object.has("placement")) {
            return StrategySelection.UNSPECIFIED;
        }
        String pointer = root + "/override/placement";
        int before = violations.size();
        StrategySelection selection = SelectionReader.read(object.get("placement"), pointer, violations);
        if (violations.size() == before) {
            violations.addAll(catalog.check(StrategyRef.PLACEMENT, selection, pointer));
        }
        return selection;
    }

    private boolean flag(String name) {
        JsonNode flag = body.path(name);
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            wrong("/" + name, "expected true or false");
        }
        return flag.asBoolean(false);
    }

    private void wrong(String pointer, String message) {
        violations.add(new Violation(root + pointer, message));
    }
}
