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

/** Reads parts of a scenario that also occur alone: clusters, amounts, load profiles. */
public final class ScenarioElementReader {

    private static final double CPU_MILLIS_PER_CORE = 1000;
    private static final double BYTES_PER_GIB = 1L << 30;
    private static final int HOURS = 24;
    private static final String UNLIMITED = "unlimited";

    private ScenarioElementReader() {}

    /** @throws ScenarioException when the cluster is not valid; the message names the place */
    public static ClusterModel cluster(JsonNode node, String place) {
        return ScenarioFields.read(node, place, ScenarioElementReader::cluster);
    }

    /** @throws ScenarioException when the amount is not valid; the message names the place */
    public static Resources resources(JsonNode node, String place) {
        return ScenarioFields.read(node, place, ScenarioElementReader::resources);
    }

    /**
     * Reads a profile; a plain number is a constant.
     *
     * @throws ScenarioException when the profile is not valid; the message names the place
     */
    public static LoadProfile profile(JsonNode node, String place) {
        JsonNode full = node.isNumber() ? JsonNodeFactory.instance.objectNode().set("constant", node) : node;
        return ScenarioFields.read(full, place, ScenarioElementReader::profile);
    }

    private static ClusterModel cluster(ScenarioFields fields) {
        return new ClusterModel(
                fields.text("name"),
                resources(fields),
                fields.optionalText("location").orElse(""),
                fields.entries("labels", ScenarioFields::toText),
                fields.optionalObject("energy", ScenarioElementReader::energy).orElse(EnergyProfile.UNKNOWN),
                curve(fields, "carbonGramsPerKwh"),
                optional(fields, "renewableShare"),
                optional(fields, "pricePerCpuHour"),
                fields.optionalObject("foreignLoad", ScenarioElementReader::resources)
                        .orElse(Resources.NONE));
    }

    static Resources resources(ScenarioFields fields) {
        Map<String, Long> extended = new LinkedHashMap<>();
        fields.entries("extended", ScenarioFields::toNumber)
                .forEach((name, amount) -> extended.put(name, amount.longValue()));
        return new Resources(
                amount(fields, "cpuCores", CPU_MILLIS_PER_CORE),
                amount(fields, "memoryGib", BYTES_PER_GIB),
                amount(fields, "storageGib", BYTES_PER_GIB),
                gpus(fields),
                extended);
    }

    static LoadProfile profile(ScenarioFields fields) {
        int kinds = (fields.has("constant") ? 1 : 0) + (fields.has("steps") ? 1 : 0) + (fields.has("sine") ? 1 : 0);
        if (kinds != 1) {
            throw new ScenarioException("%s: expected exactly one of constant, steps, sine".formatted(fields.place()));
        }
        if (fields.has("constant")) {
            return new LoadProfile.Constant(fields.number("constant"));
        }
        return fields.has("sine")
                ? fields.object("sine", ScenarioElementReader::sine)
                : new LoadProfile.Steps(fields.items(
                        "steps", (node, place) -> ScenarioFields.read(node, place, ScenarioElementReader::level)));
    }

    private static LoadProfile.Level level(ScenarioFields fields) {
        return new LoadProfile.Level(seconds(fields, "afterSeconds"), fields.number("requestsPerSecond"));
    }

    private static LoadProfile sine(ScenarioFields fields) {
        return new LoadProfile.Sine(
                fields.number("mean"), fields.number("amplitude"), seconds(fields, "periodSeconds"));
    }

    static Duration seconds(ScenarioFields fields, String name) {
        return Duration.ofMillis(Math.round(fields.number(name) * 1000));
    }

    private static EnergyProfile energy(ScenarioFields fields) {
        return new EnergyProfile(fields.number("idleWatts"), fields.number("peakWatts"));
    }

    private static long amount(ScenarioFields fields, String name, double unit) {
        return Math.round(fields.optionalNumber(name).orElse(0.0) * unit);
    }

    private static long gpus(ScenarioFields fields) {
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
    private static List<Double> curve(ScenarioFields fields, String name) {
        return fields.member(name)
                .map(node ->
                        node.isNumber() ? Collections.nCopies(HOURS, node.doubleValue()) : hours(fields, name, node))
                .orElse(List.of());
    }

    private static List<Double> hours(ScenarioFields fields, String name, JsonNode node) {
        if (!node.isArray() || node.size() != HOURS) {
            throw fields.wrong(name, "a number or a list of 24 numbers", node);
        }
        return IntStream.range(0, HOURS)
                .mapToObj(hour ->
                        ScenarioFields.toNumber(node.get(hour), "%s.%s[%d]".formatted(fields.place(), name, hour)))
                .toList();
    }

    private static OptionalDouble optional(ScenarioFields fields, String name) {
        return fields.optionalNumber(name).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
