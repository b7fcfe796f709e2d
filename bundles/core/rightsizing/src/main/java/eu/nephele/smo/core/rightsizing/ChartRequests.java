// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How a chart takes what its pods ask for: by a mapping {@code resources} among its default values, as charts of {@code helm create} have
 * it, or that of its only sub-chart with one. A value that the chart does not have would change nothing but our books.
 *
 * @param path names from the values of the release down to {@code resources}; empty when the chart takes none
 * @param obstacle why a proposal cannot be applied, and what to do; "" when it can
 * @param limits above which Kubernetes refuses a request, in cores or bytes; missing where there is none
 */
record ChartRequests(List<String> path, String obstacle, Map<ComputeResource, Double> limits) {

    private static final String RESOURCES = "resources";
    private static final String REQUESTS = "requests";
    private static final String LIMITS = "limits";
    /** What a container may have there; a volume claim asks for storage, too. */
    private static final Set<String> OF_CONTAINERS = Set.of(REQUESTS, LIMITS, "claims");

    private static final Set<String> OF_VOLUMES = Set.of("storage");
    private static final String WEB_OF_THINGS_VALUES = "voChartOverwrite";
    private static final String TO_DO = "add 'resources: {}' to its values.yaml, use it in its container as charts of"
            + " 'helm create' do, and update the graph to that version";

    ChartRequests {
        path = List.copyOf(path);
        limits = Map.copyOf(limits);
    }

    /** A chart of which it is not known what it takes. */
    static ChartRequests unknown(String reason) {
        return new ChartRequests(List.of(), reason, Map.of());
    }

    /** @param defaults the values that the chart has by itself */
    static ChartRequests read(Artifact artifact, JsonObject defaults) {
        List<String> base = artifact.isWebOfThings() ? List.of(WEB_OF_THINGS_VALUES) : List.of();
        JsonObject values = at(defaults, base);
        Map<List<String>, JsonObject> found = new LinkedHashMap<>();
        ofContainer(values).ifPresent(own -> found.put(joined(base, List.of(RESOURCES)), own));
        if (found.isEmpty()) {
            new TreeMap<>(values.members()).forEach((name, value) -> value.asObject()
                    .flatMap(ChartRequests::ofContainer)
                    .ifPresent(own -> found.put(joined(base, List.of(name, RESOURCES)), own)));
        }
        if (found.isEmpty()) {
            return unknown("the chart %s has no value 'resources', so its pods would not ask for anything else: %s"
                    .formatted(artifact.reference(), TO_DO));
        }
        if (found.size() > 1) {
            return unknown(
                    "several parts of the chart %s have a value 'resources' (%s), and which one is this service's is not known: set it in valuesOverwrite, and the class with it"
                            .formatted(
                                    artifact.reference(),
                                    String.join(
                                            ", ",
                                            found.keySet().stream()
                                                    .map(each -> String.join(".", each))
                                                    .toList())));
        }
        List<String> path = found.keySet().iterator().next();
        Map<ComputeResource, Double> limits = new LinkedHashMap<>();
        for (ComputeResource resource : ComputeResource.values()) {
            limit(at(artifact.values(), path), resource)
                    .or(() -> limit(at(defaults, path), resource))
                    .ifPresent(limit -> limits.put(resource, limit));
        }
        return new ChartRequests(path, "", limits);
    }

    /** Whether the values of a descriptor say what a container asks for, wherever. */
    static boolean isSet(Artifact artifact, ComputeResource resource) {
        JsonObject values = at(artifact.values(), artifact.isWebOfThings() ? List.of(WEB_OF_THINGS_VALUES) : List.of());
        return Stream.concat(
                        Stream.of(values),
                        values.members().values().stream().flatMap(value -> value.asObject().stream()))
                .anyMatch(part -> at(part, List.of(RESOURCES, REQUESTS))
                        .get(resource.kubernetesName())
                        .isPresent());
    }

    boolean isTaken() {
        return obstacle.isEmpty();
    }

    /** Full name of the value, for people. */
    String value() {
        return String.join(".", path) + "." + REQUESTS;
    }

    /** The values of a descriptor with these amounts beside what they had. */
    JsonObject with(JsonObject values, Map<ComputeResource, Double> amounts) {
        return with(values, joined(path, List.of(REQUESTS)), amounts);
    }

    private static JsonObject with(JsonObject values, List<String> rest, Map<ComputeResource, Double> amounts) {
        if (rest.isEmpty()) {
            JsonObject changed = values;
            for (Map.Entry<ComputeResource, Double> amount : new TreeMap<>(amounts).entrySet()) {
                changed = changed.with(
                        amount.getKey().kubernetesName(), Quantity.write(amount.getKey(), amount.getValue()));
            }
            return changed;
        }
        String name = rest.get(0);
        return values.with(name, with(at(values, List.of(name)), rest.subList(1, rest.size()), amounts));
    }

    private static Optional<JsonObject> ofContainer(JsonObject values) {
        return values.get(RESOURCES)
                .flatMap(JsonValue::asObject)
                .filter(own -> OF_CONTAINERS.containsAll(own.members().keySet()))
                .filter(own ->
                        at(own, List.of(REQUESTS)).members().keySet().stream().noneMatch(OF_VOLUMES::contains));
    }

    private static Optional<Double> limit(JsonObject resources, ComputeResource resource) {
        return at(resources, List.of(LIMITS)).get(resource.kubernetesName()).flatMap(Quantity::read);
    }

    private static JsonObject at(JsonObject values, List<String> path) {
        JsonObject there = values;
        for (String name : path) {
            there = there.get(name).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
        }
        return there;
    }

    private static List<String> joined(List<String> one, List<String> other) {
        List<String> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
