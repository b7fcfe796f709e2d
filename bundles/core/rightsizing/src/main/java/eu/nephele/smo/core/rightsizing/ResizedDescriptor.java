// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.core.contract.rightsizing.ConfirmedClasses;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A descriptor with other classes of {@code compute}, and with the values by which the charts ask for them; everything else stays as it was
 * sent.
 */
final class ResizedDescriptor {

    private static final String SERVICES = "services";
    private static final String ARTIFACT = "artifact";
    private static final String VALUES = "valuesOverwrite";

    private ResizedDescriptor() {}

    /**
     * @param descriptor the value below {@code hdaGraph}
     * @param advices of the services that are confirmed
     */
    static JsonObject of(
            JsonObject descriptor, Map<String, ConfirmedClasses> confirmed, Map<String, ServiceAdvice> advices) {
        List<JsonValue> services = descriptor.get(SERVICES).flatMap(JsonValue::asArray).orElse(List.of()).stream()
                .map(service -> service.asObject()
                        .<JsonValue>map(object -> resized(object, confirmed, advices))
                        .orElse(service))
                .toList();
        return descriptor.with(SERVICES, new JsonArray(services));
    }

    private static JsonObject resized(
            JsonObject service, Map<String, ConfirmedClasses> confirmed, Map<String, ServiceAdvice> advices) {
        return service.get("id")
                .flatMap(JsonValue::asString)
                .flatMap(id -> Optional.ofNullable(confirmed.get(id))
                        .flatMap(classes -> Optional.ofNullable(advices.get(id))
                                .map(advice -> asking(changed(service, classes), classes, advice))))
                .orElse(service);
    }

    private static JsonObject changed(JsonObject service, ConfirmedClasses classes) {
        JsonObject deployment = child(service, "deployment");
        JsonObject intent = child(deployment, "intent");
        JsonObject compute = child(intent, ComputeClasses.INTENT);
        compute = with(compute, ComputeResource.CPU, classes.cpu());
        compute = with(compute, ComputeResource.MEMORY, classes.ram());
        return service.with("deployment", deployment.with("intent", intent.with(ComputeClasses.INTENT, compute)));
    }

    private static JsonObject asking(JsonObject service, ConfirmedClasses classes, ServiceAdvice advice) {
        JsonObject artifact = child(service, ARTIFACT);
        JsonObject values = advice.chart().with(child(artifact, VALUES), advice.amounts(classes));
        return service.with(ARTIFACT, artifact.with(VALUES, values));
    }

    private static JsonObject child(JsonObject parent, String name) {
        return parent.get(name).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
    }

    private static JsonObject with(JsonObject compute, ComputeResource resource, Optional<String> name) {
        return name.map(each -> compute.with(resource.member(), new JsonString(each)))
                .orElse(compute);
    }
}
