// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledIntent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The classes of {@code compute}: their names from the schema of the intent, their amounts from the installed handler, which is asked
 * what each means.
 *
 * @param usual what a service gets that does not name a class, in cores or bytes
 */
record ComputeClasses(Map<ComputeResource, ClassLadder> ladders, Map<ComputeResource, Double> usual) {

    static final String INTENT = "compute";
    private static final double MILLIS = 1000;
    private static final ComputeClasses NONE = new ComputeClasses(Map.of(), Map.of());

    /** @param like a graph whose services look as the handler expects it */
    static ComputeClasses read(StrategyCatalog catalog, IntentTranslator translator, Graph like) {
        JsonObject properties = catalog.intents().stream()
                .filter(intent -> intent.name().equals(INTENT))
                .findFirst()
                .map(InstalledIntent::schemas)
                .flatMap(schemas -> Optional.ofNullable(schemas.get(Scope.SERVICE)))
                .flatMap(schema -> schema.get("properties"))
                .flatMap(JsonValue::asObject)
                .orElse(JsonObject.EMPTY);
        List<String> cpu = names(properties, ComputeResource.CPU);
        List<String> ram = names(properties, ComputeResource.MEMORY);
        if (cpu.isEmpty()) {
            return NONE;
        }
        List<JsonObject> wanted = new ArrayList<>();
        cpu.forEach(name -> wanted.add(JsonObject.EMPTY.with(ComputeResource.CPU.member(), new JsonString(name))));
        ram.forEach(name -> wanted.add(wanted.get(0).with(ComputeResource.MEMORY.member(), new JsonString(name))));
        List<Resources> amounts = amounts(wanted, translator, like);
        return new ComputeClasses(
                Map.of(
                        ComputeResource.CPU,
                        ladder(cpu, amounts.subList(0, cpu.size()), ComputeClasses::cores),
                        ComputeResource.MEMORY,
                        ladder(ram, amounts.subList(cpu.size(), amounts.size()), Resources::memoryBytes)),
                Map.of(ComputeResource.MEMORY, (double) amounts.get(0).memoryBytes()));
    }

    private static List<String> names(JsonObject properties, ComputeResource resource) {
        return properties
                .get(resource.member())
                .flatMap(JsonValue::asObject)
                .flatMap(schema -> schema.get("enum"))
                .flatMap(JsonValue::asArray)
                .orElse(List.of())
                .stream()
                .flatMap(name -> name.asString().stream())
                .toList();
    }

    private static List<Resources> amounts(List<JsonObject> wanted, IntentTranslator translator, Graph like) {
        ServiceSpec pattern = like.services().get(0);
        List<ServiceSpec> services = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            services.add(new ServiceSpec(
                    "class-" + i,
                    pattern.trigger(),
                    pattern.artifact(),
                    Map.of(INTENT, wanted.get(i)),
                    pattern.scaling()));
        }
        Graph asked = new Graph(
                like.id(),
                like.version(),
                like.staticPlacement(),
                Map.of(),
                services,
                List.of(),
                like.placement(),
                like.scaling(),
                like.lifecycle(),
                like.priority(),
                like.descriptor());
        Map<String, Resources> perReplica =
                translator.translate(asked, List.of(), Map.of()).perReplica();
        return services.stream()
                .map(service -> perReplica.getOrDefault(service.id(), Resources.NONE))
                .toList();
    }

    private static ClassLadder ladder(List<String> names, List<Resources> amounts, ToDoubleFunction<Resources> amount) {
        List<ResourceClass> classes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            classes.add(new ResourceClass(names.get(i), amount.applyAsDouble(amounts.get(i))));
        }
        return new ClassLadder(classes);
    }

    static double cores(Resources resources) {
        return resources.cpuMillis() / MILLIS;
    }

    ClassLadder ladder(ComputeResource resource) {
        return ladders.getOrDefault(resource, new ClassLadder(List.of()));
    }

    /** The class that a service names; empty when it names none that is installed, and there is no usual one. */
    Optional<ResourceClass> named(ComputeResource resource, ServiceSpec service) {
        Optional<String> name = Optional.ofNullable(service.intents().get(INTENT))
                .flatMap(JsonValue::asObject)
                .flatMap(compute -> compute.get(resource.member()))
                .flatMap(JsonValue::asString);
        return ladder(resource).classes().stream()
                .filter(each -> name.map(each.name()::equals)
                        .orElseGet(() -> Double.valueOf(each.amount()).equals(usual.get(resource))))
                .findFirst();
    }
}
