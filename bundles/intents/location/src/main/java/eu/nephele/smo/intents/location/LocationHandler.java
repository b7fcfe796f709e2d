// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.location;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Restricts a service to named clusters, away from named clusters, or to clusters with labels. All given parts must match. */
@Component(property = IntentHandler.NAME + "=location")
public final class LocationHandler implements IntentHandler {

    private static final String CLUSTERS = "clusters";
    private static final String EXCLUDE = "excludeClusters";
    private static final String LABELS = "labels";

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.SERVICE);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        String names = "names of clusters, or source/name";
        return LocationSchemas.closed(Map.of(
                CLUSTERS, LocationSchemas.texts("only these: " + names).with("minItems", LocationSchemas.number(1)),
                EXCLUDE, LocationSchemas.texts("none of these: " + names),
                LABELS, LocationSchemas.textByName("labels that a cluster must have, all of them")));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        String service = LocationValues.serviceOf(intent);
        JsonObject value = LocationValues.objectOf(intent);
        Optional<Set<String>> only = LocationValues.texts(intent, value, CLUSTERS);
        Set<String> none = LocationValues.texts(intent, value, EXCLUDE).orElse(Set.of());
        only.ifPresent(names -> refuseContradiction(intent, names, none));
        only.ifPresent(names -> requirements.allowOnly(
                service,
                cluster -> isNamed(cluster.id(), names),
                "location: only on %s".formatted(String.join(", ", names))));
        if (!none.isEmpty()) {
            requirements.allowOnly(
                    service,
                    cluster -> !isNamed(cluster.id(), none),
                    "location: not on %s".formatted(String.join(", ", none)));
        }
        value.get(LABELS)
                .flatMap(JsonValue::asObject)
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((key, wanted) -> requireLabel(
                        service,
                        key,
                        LocationValues.text(
                                intent.pointer() + "/labels/"
                                        + key.replace("~", "~0").replace("/", "~1"),
                                wanted),
                        requirements));
    }

    private static void requireLabel(String service, String key, String wanted, Requirements requirements) {
        requirements.allowOnly(
                service,
                cluster -> wanted.equals(cluster.labels().get(key)),
                "location: needs the label %s=%s".formatted(key, wanted));
    }

    private static boolean isNamed(ClusterId cluster, Set<String> names) {
        return names.contains(cluster.name()) || names.contains(cluster.toString());
    }

    private static void refuseContradiction(Intent intent, Set<String> only, Set<String> none) {
        Set<String> both = new LinkedHashSet<>(only);
        both.retainAll(none);
        if (!both.isEmpty()) {
            throw new IllegalArgumentException("%s: %s stands in both %s and %s"
                    .formatted(intent.pointer(), String.join(", ", both), CLUSTERS, EXCLUDE));
        }
    }
}
