// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Loads from files: lines of {@code time,value}, a JSON array of {@code [time, value]}, or a range answer of Prometheus. Times are ISO 8601
 * or seconds of the epoch.
 */
final class LoadFile {

    private static final double LARGEST_GAP = 3.5;
    private static final int LEAST_SAMPLES = 10;
    private static final double MILLIS = 1000;

    private LoadFile() {}

    /** @throws IOException with a message for people */
    static LoadShape read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        String name = String.valueOf(file.getFileName());
        return text.stripLeading().startsWith("[") || text.stripLeading().startsWith("{")
                ? ofJson(name, new ObjectMapper().readTree(text))
                : ofLines(name, text);
    }

    private static LoadShape ofLines(String name, String text) throws IOException {
        TreeMap<Double, Double> samples = new TreeMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String[] parts = line.split("[,;\t]", -1);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                samples.put(seconds(parts[0].strip()), Double.parseDouble(parts[1].strip()));
            } catch (NumberFormatException | DateTimeException | ArrayIndexOutOfBoundsException wrong) {
                if (number > 1) { // the first line may be a heading
                    throw new IOException(
                            "%s, line %d: expected time,value, got '%s'".formatted(name, number, line), wrong);
                }
            }
        }
        return shape(name, samples);
    }

    /** @throws IOException when there is no series, or more than one */
    static LoadShape ofJson(String name, JsonNode json) throws IOException {
        JsonNode values = json;
        if (json.isObject()) {
            JsonNode result = json.path("data").path("result");
            if (result.size() != 1) {
                throw new IOException("%s: expected one series, got %d".formatted(name, result.size()));
            }
            values = result.get(0).path("values");
        }
        TreeMap<Double, Double> samples = new TreeMap<>();
        for (JsonNode sample : values) {
            try {
                samples.put(
                        seconds(sample.path(0).asText()),
                        Double.parseDouble(sample.path(1).asText()));
            } catch (NumberFormatException | DateTimeException wrong) {
                throw new IOException("%s: expected [time, value], got %s".formatted(name, sample), wrong);
            }
        }
        return shape(name, samples);
    }

    private static double seconds(String text) {
        double time = text.contains("T") ? Instant.parse(text).toEpochMilli() / MILLIS : Double.parseDouble(text);
        if (!Double.isFinite(time)) {
            throw new NumberFormatException("a time that is no number: " + text);
        }
        return time;
    }

    /** Linear between samples; nothing is known in gaps of more than some times the usual distance. */
    private static LoadShape shape(String name, NavigableMap<Double, Double> samples) throws IOException {
        if (samples.size() < LEAST_SAMPLES) {
            throw new IOException("%s: %d samples are too few for a backtest".formatted(name, samples.size()));
        }
        double step = LoadShape.STEP.toSeconds();
        double usual = usualDistance(samples);
        double first = Math.ceil(samples.firstKey() / 60) * 60;
        double steps = Math.floor((samples.lastKey() - first) / step);
        if (steps < 1) {
            throw new IOException("%s: the samples span less than %.0f seconds".formatted(name, step));
        }
        double[] load = new double[(int) Math.min(400.0 * LoadShape.STEPS_PER_DAY, steps)];
        for (int i = 0; i < load.length; i++) {
            double at = first + (i + 0.5) * step;
            var before = samples.floorEntry(at);
            var after = samples.ceilingEntry(at);
            double gap = after.getKey() - before.getKey();
            double share = gap == 0 ? 0 : (at - before.getKey()) / gap;
            double value = before.getValue() + share * (after.getValue() - before.getValue());
            load[i] = gap > LARGEST_GAP * usual || !Double.isFinite(value) ? Double.NaN : Math.max(0, value);
        }
        return new LoadShape(name, false, Instant.ofEpochSecond((long) first), load);
    }

    private static double usualDistance(NavigableMap<Double, Double> samples) {
        double[] times =
                samples.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        double[] distances = new double[times.length - 1];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = times[i + 1] - times[i];
        }
        Arrays.sort(distances);
        return Math.max((double) LoadShape.STEP.toSeconds(), distances[distances.length / 2]);
    }
}
