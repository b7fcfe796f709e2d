// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.mapping;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.LifecyclePolicy.OnClusterReturn;
import eu.nephele.smo.api.model.LifecyclePolicy.OnDrift;
import eu.nephele.smo.api.model.LifecyclePolicy.OnFailure;
import eu.nephele.smo.api.model.LifecyclePolicy.OnSignalChange;
import eu.nephele.smo.api.model.Link;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.model.ServiceSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Maps a descriptor to the model. Missing members get the default of the format. */
public final class GraphMapper {

    private static final String PRIVATE = "x-";
    private static final String HELM = "HELM";

    private GraphMapper() {}

    /** @param descriptor the value below {@code hdaGraph}; kept as it is */
    public static Graph graph(String project, JsonObject descriptor) {
        LenientFields fields = new LenientFields(descriptor);
        List<LenientFields> services = fields.children("services");
        return new Graph(
                new GraphId(project, fields.text("id").orElse("")),
                fields.text("version").orElse(""),
                fields.child("hdaGraphIntent").flag("useStaticPlacement"),
                wishes(fields.json("hdaGraphIntent"), Set.of("useStaticPlacement")),
                services.stream().map(GraphMapper::service).toList(),
                services.stream().flatMap(service -> links(service).stream()).toList(),
                SelectionMapper.selection(fields.json("strategies"), "placement"),
                SelectionMapper.selection(fields.json("strategies"), "scaling"),
                lifecycle(fields.child("lifecycle")),
                fields.child("strategies")
                        .child("placement")
                        .integer("priority")
                        .orElse(Graph.STANDARD_PRIORITY),
                descriptor);
    }

    private static List<Link> links(LenientFields service) {
        return LinkMapper.links(
                service.text("id").orElse(""), service.child("deployment").child("intent"));
    }

    private static ServiceSpec service(LenientFields service) {
        LenientFields deployment = service.child("deployment");
        return new ServiceSpec(
                service.text("id").orElse(""),
                TriggerMapper.trigger(deployment.child("trigger")),
                artifact(service.child("artifact")),
                wishes(deployment.json("intent"), Set.of("connectionPoints")),
                scaling(service.child("scaling")));
    }

    private static Map<String, JsonValue> wishes(JsonObject intents, Set<String> others) {
        Map<String, JsonValue> wishes = new LinkedHashMap<>(intents.members());
        wishes.keySet().removeIf(name -> others.contains(name) || name.startsWith(PRIVATE));
        return wishes;
    }

    private static Artifact artifact(LenientFields artifact) {
        LenientFields config = artifact.child("ociConfig");
        String implementer = config.text("implementer").orElse(HELM);
        return new Artifact(
                artifact.text("ociImage").orElse(""),
                config.text("type").orElse("App"),
                implementer,
                artifact.child("ociRun")
                        .text("name")
                        .orElse(Artifact.CONTAINER.equalsIgnoreCase(implementer) ? Artifact.CONTAINER : HELM),
                artifact.json("valuesOverwrite"));
    }

    private static ServiceScaling scaling(LenientFields scaling) {
        if (scaling.members().isEmpty()) {
            return ServiceScaling.UNSPECIFIED;
        }
        return new ServiceScaling(
                scaling.integer("minReplicas"),
                scaling.integer("maxReplicas"),
                profile(scaling),
                scaling.child("metric").text("query"),
                scaling.child("metric").text("service"),
                SelectionMapper.selection(scaling.object(), "strategy"));
    }

    private static Optional<ServiceProfile> profile(LenientFields scaling) {
        return scaling.object()
                .get("profile")
                .flatMap(JsonValue::asObject)
                .map(LenientFields::new)
                .map(profile -> new ServiceProfile(
                        profile.decimal("alpha").orElse(1),
                        profile.decimal("beta").orElse(0)));
    }

    private static LifecyclePolicy lifecycle(LenientFields lifecycle) {
        return new LifecyclePolicy(
                is(lifecycle, "onFailure", "keep") ? OnFailure.KEEP : OnFailure.ROLLBACK,
                is(lifecycle, "onClusterReturn", "return") ? OnClusterReturn.RETURN : OnClusterReturn.STAY,
                is(lifecycle, "onDrift", "report") ? OnDrift.REPORT : OnDrift.REPAIR,
                is(lifecycle, "onSignalChange", "replace") ? OnSignalChange.REPLACE : OnSignalChange.STAY,
                lifecycle.integer("maxMovesPerHour"));
    }

    private static boolean is(LenientFields fields, String name, String word) {
        return fields.text(name).filter(word::equals).isPresent();
    }
}
