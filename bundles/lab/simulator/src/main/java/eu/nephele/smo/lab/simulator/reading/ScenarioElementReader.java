// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.LoadProfile;
import eu.nephele.smo.lab.simulator.ScenarioException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Reads the parts of a scenario that also come alone: clusters, amounts, load profiles. */
public final class Parts {

    private static final double CPU_MILLIS_PER_CORE = 1000;
    private static final double BYTES_PER_GIB = 1L << 30;
    private static final int HOURS = 24;
    private static final String UNLIMITED = "unlimited";

    private Parts() {}

    /** @throws ScenarioException when it is no valid cluster; the message names the place */
    public static ClusterModel cluster(JsonNode node, String place) {
        return Fields.read(node, place, Parts::cluster);
    }

    /** @throws ScenarioException when it is no valid amount; the message names the place */
    public static Resources resources(JsonNode node, String place) {
        return Fields.read(node, place, Parts::resources);
    }

    /**
     * Reads a profile; a plain number is a constant.
     *
     * @throws ScenarioException when it is no valid profile; the message names the place
     */
    public static LoadProfile profile(JsonNode node, String place) {
        JsonNode full = node.isNumber() ? JsonNodeFactory.instance.objectNode().set("constant", node) : node;
        return Fields.read(full, place, Parts::profile);
    }

    private static ClusterModel cluster(Fields fields) {
        return new ClusterModel(
                fields.text("name"),
                resources(fields),
                fields.optionalText("location").orElse(""),
                fields.entries("labels", Fields::toText),
                fields.optionalObject("energy", Parts::energy).orElse(EnergyProfile.UNKNOWN),
                curve(fields, "carbonGramsPerKwh"),
                optional(fields, "renewableShare"),
                optional(fields, "pricePerCpuHour"),
                fields.optionalObject("foreignLoad", Parts::resources).orElse(Resources.NONE));
    }

    static Resources resources(Fields fields) {
        Map<String, Long> extended = new LinkedHashMap<>();
        fields.entries("extended", Fields::toNumber).forEach((name, amount) -> extended.put(name, amount.longValue()));
        return new Resources(
                amount(fields, "cpuCores", CPU_MILLIS_PER_CORE),
                amount(fields, "memoryGib", BYTES_PER_GIB),
                amount(fields, "storageGib", BYTES_PER_GIB),
                gpus(fields),
                extended);
    }

    static LoadProfile profile(Fields fields) {
        int kinds = (fields.has("constant") ? 1 : 0) + (fields.has("steps") ? 1 : 0) + (fields.has("sine") ? 1 : 0);
        if (kinds != 1) {
            throw new ScenarioException("%s: expected exactly one of constant, steps, sine".formatted(fields.place()));
        }
        if (fields.has("constant")) {
            return new LoadProfile.Constant(fields.number("constant"));
        }
        return fields.has("sine")
                ? fields.object("sine", Parts::sine)
                : new LoadProfile.Steps(fields.items("steps", (node, place) -> Fields.read(node, place, Parts::level)));
    }

    private static LoadProfile.Level level(Fields fields) {
        return new LoadProfile.Level(seconds(fields, "afterSeconds"), fields.number("requestsPerSecond"));
    }

    private static LoadProfile sine(Fields fields) {
        return new LoadProfile.Sine(
                fields.number("mean"), fields.number("amplitude"), seconds(fields, "periodSeconds"));
    }

    static Duration seconds(Fields fields, String name) {
        return Duration.ofMillis(Math.round(fields.number(name) * 1000));
    }

    private static EnergyProfile energy(Fields fields) {
        return new EnergyProfile(fields.number("idleWatts"), fields.number("peakWatts"));
    }

    private static long amount(Fields fields, String name, double unit) {
        return Math.round(fields.optionalNumber(name).orElse(0.0) * unit);
    }

    private static long gpus(Fields fields) {
        return fields.member("gpus")
                .map(node -> {
                    if (node.isTextual() && node.textValue().equals(UNLIMITED)) {
                        return Resources.UNLIMITED;
                    }
                    if (!node.isIntegralNumber()) {
                        throw fields.wrong("gpus", "a whole number or 'unlimited'", node);
                    }
                    return node.longValue();
                })
                .orElse(0L);
    }

    /** A number for the whole day or one for each hour. */
    private static List<Double> curve(Fields fields, String name) {
        return fields.member(name)
                .map(node ->
                        node.isNumber() ? Collections.nCopies(HOURS, node.doubleValue()) : hours(fields, name, node))
                .orElse(List.of());
    }

    private static List<Double> hours(Fields fields, String name, JsonNode node) {
        if (!node.isArray() || node.size() != HOURS) {
            throw fields.wrong(name, "a number or a list of 24 numbers", node);
        }
        return IntStream.range(0, HOURS)
                .mapToObj(hour -> Fields.toNumber(node.get(hour), "%s.%s[%d]".formatted(fields.place(), name, hour)))
                .toList();
    }

    private static OptionalDouble optional(Fields fields, String name) {
        return fields.optionalNumber(name).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
