// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.lab.simulator.Scenario;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/**
 * What the pods of a release ask for, as a chart renders it. A chart with a value {@code resources} asks for what that says, and for what
 * a replica needs where it says nothing: its author chose the same. A chart without one always asks for the same.
 */
final class PodRequests {

    private static final String RESOURCES = "resources";
    private static final String WEB_OF_THINGS_VALUES = "voChartOverwrite";
    private static final long MILLIS = 1000;
    private static final Map<String, BigDecimal> UNITS = Map.of(
            "Ki",
            BigDecimal.valueOf(1L << 10),
            "Mi",
            BigDecimal.valueOf(1L << 20),
            "Gi",
            BigDecimal.valueOf(1L << 30),
            "m",
            new BigDecimal("0.001"),
            "k",
            BigDecimal.valueOf(1_000),
            "M",
            BigDecimal.valueOf(1_000_000),
            "G",
            BigDecimal.valueOf(1_000_000_000));

    private final Scenario scenario;

    PodRequests(Scenario scenario) {
        this.scenario = scenario;
    }

    /** The request with what its pods will ask for. */
    InstallRequest played(InstallRequest request) {
        Resources asked = scenario.chart(request.artifact().reference())
                .requests()
                .orElseGet(() -> asked(request.perReplica(), values(request.artifact(), request.values())));
        return new InstallRequest(
                request.key(),
                request.artifact(),
                request.values(),
                request.targets(),
                request.replicas(),
                asked,
                request.generation(),
                request.owner(),
                request.adopts());
    }

    JsonObject defaultValues(Artifact artifact) {
        if (scenario.chart(artifact.reference()).requests().isPresent()) {
            return JsonObject.EMPTY;
        }
        JsonObject own = JsonObject.EMPTY.with(RESOURCES, JsonObject.EMPTY);
        return artifact.isWebOfThings() ? JsonObject.EMPTY.with(WEB_OF_THINGS_VALUES, own) : own;
    }

    private static JsonObject values(Artifact artifact, JsonObject values) {
        return artifact.isWebOfThings() ? child(values, WEB_OF_THINGS_VALUES) : values;
    }

    private static Resources asked(Resources usual, JsonObject values) {
        JsonObject requests = child(child(values, RESOURCES), "requests");
        return new Resources(
                amount(requests, Resources.CPU, MILLIS).orElse(usual.cpuMillis()),
                amount(requests, Resources.MEMORY, 1).orElse(usual.memoryBytes()),
                usual.storageBytes(),
                usual.gpus(),
                usual.extended());
    }

    private static JsonObject child(JsonObject parent, String name) {
        return parent.get(name).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
    }

    /** Kubernetes rounds up, and refuses what is no amount. */
    private static Optional<Long> amount(JsonObject requests, String name, long unit) {
        return requests.get(name).map(value -> {
            try {
                long amount = value.asNumber()
                        .orElseGet(() -> quantity(value.asString().orElse("")))
                        .multiply(BigDecimal.valueOf(unit))
                        .setScale(0, RoundingMode.CEILING)
                        .longValueExact();
                if (amount >= 0) {
                    return amount;
                }
            } catch (ArithmeticException | NumberFormatException unreadable) {
                throw refused(name, value, unreadable);
            }
            throw refused(name, value, new ArithmeticException("negative"));
        });
    }

    private static AdapterException refused(String name, JsonValue value, RuntimeException cause) {
        return new AdapterException(
                AdapterException.Kind.REFUSED,
                "simulator",
                "resources.requests.%s: %s is no quantity".formatted(name, value.toJson()),
                cause);
    }

    private static BigDecimal quantity(String text) {
        return UNITS.entrySet().stream()
                .filter(unit -> text.endsWith(unit.getKey()))
                .findFirst()
                .map(unit -> new BigDecimal(
                                text.substring(0, text.length() - unit.getKey().length()))
                        .multiply(unit.getValue()))
                .orElseGet(() -> new BigDecimal(text));
    }
}
