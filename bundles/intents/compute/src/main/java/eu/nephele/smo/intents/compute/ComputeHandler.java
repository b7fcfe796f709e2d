// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.compute;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Translates the classes of {@code compute} to the resources of one replica. */
@Component(configurationPid = "eu.nephele.smo.intents.compute", property = IntentHandler.NAME + "=compute")
@Designate(ocd = ComputeConfig.class)
public final class ComputeHandler implements IntentHandler {

    private final ResourceClasses cpu;
    private final ResourceClasses ram;
    private final ResourceClasses storage;
    private final String defaultRam;
    private final String defaultStorage;

    /** @throws IllegalArgumentException if the configuration is malformed; names the key */
    @Activate
    public ComputeHandler(ComputeConfig config) {
        cpu = ResourceClasses.parse("cpuClasses", config.cpuClasses(), KubernetesQuantity::cpuMillis);
        ram = ResourceClasses.parse("ramClasses", config.ramClasses(), KubernetesQuantity::bytes);
        storage = ResourceClasses.parse("storageClasses", config.storageClasses(), KubernetesQuantity::bytes);
        defaultRam = config.defaultRam();
        defaultStorage = config.defaultStorage();
        ram.require("defaultRam", defaultRam);
        storage.require("defaultStorage", defaultStorage);
    }

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.SERVICE);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return ComputeSchema.create(cpu, ram, storage);
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        String service = intent.service()
                .orElseThrow(() -> new IllegalArgumentException(intent.pointer() + ": compute belongs to a service"));
        JsonObject value = intent.value()
                .asObject()
                .orElseThrow(() -> new IllegalArgumentException(intent.pointer() + ": expected an object"));
        String cpuClass = text(intent, value, "cpu")
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s: cpu is missing, expected one of %s".formatted(intent.pointer(), cpu.names())));
        requirements.resources(
                service,
                new Resources(
                        cpu.amountOf(intent.pointer() + "/cpu", cpuClass),
                        ram.amountOf(
                                intent.pointer() + "/ram",
                                text(intent, value, "ram").orElse(defaultRam)),
                        storage.amountOf(
                                intent.pointer() + "/storage",
                                text(intent, value, "storage").orElse(defaultStorage)),
                        gpus(intent, value)));
    }

    private static Optional<String> text(Intent intent, JsonObject value, String member) {
        return value.get(member).map(given -> given.asString()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s/%s: expected the name of a class".formatted(intent.pointer(), member))));
    }

    private static long gpus(Intent intent, JsonObject value) {
        Optional<JsonValue> enabled =
                value.get("gpu").flatMap(JsonValue::asObject).flatMap(gpu -> gpu.get("enabled"));
        return enabled.isPresent() && truth(intent, enabled.get()) ? 1 : 0;
    }

    /** Existing descriptors write the flag as boolean and as text; both mean the same. */
    private static boolean truth(Intent intent, JsonValue flag) {
        return flag.asBoolean()
                .or(() -> flag.asString().flatMap(ComputeHandler::truthOf))
                .orElseThrow(() -> new IllegalArgumentException(
                        intent.pointer() + "/gpu/enabled: expected true or false, as a boolean or as text"));
    }

    private static Optional<Boolean> truthOf(String text) {
        if (text.equalsIgnoreCase("true")) {
            return Optional.of(true);
        }
        return text.equalsIgnoreCase("false") ? Optional.of(false) : Optional.empty();
    }
}
