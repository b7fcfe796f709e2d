// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.scaling.profiler.ProfileSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads results of load tests: a table (CSV with a heading, or JSON with a list of rows), or the summary of one run of k6, vegeta or
 * wrk2, which says nothing of replicas.
 */
final class SampleFile {

    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;
    private static final Pattern WRK = Pattern.compile("(?m)^Requests/sec:\\s*([0-9.]+)");
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "rps", "requestspersecond",
            "handledpersecond", "requestspersecond",
            "time", "at",
            "timestamp", "at",
            "cpu", "utilisation",
            "utilization", "utilisation",
            "offered", "offeredpersecond");

    private SampleFile() {}

    /**
     * @param replicas how many there were in the run that a summary is of; 0 where the file is a table
     * @throws IllegalArgumentException when the file is of no known form, with the line or member
     */
    static List<ProfileSample> read(Path file, int replicas) throws IOException {
        String text = Files.readString(file);
        String name = String.valueOf(file.getFileName());
        Matcher wrk = WRK.matcher(text);
        if (wrk.find()) {
            return List.of(summary(name, replicas, Double.parseDouble(wrk.group(1))));
        }
        char first = text.isBlank() ? ' ' : text.stripLeading().charAt(0);
        return first == '{' || first == '[' ? json(name, new ObjectMapper().readTree(text), replicas) : csv(name, text);
    }

    private static List<ProfileSample> json(String name, JsonNode document, int replicas) {
        JsonNode requests = document.at("/metrics/http_reqs");
        if (requests.isObject()) {
            double latency = duration(document.at("/metrics/http_req_duration")) / MILLIS;
            double rate =
                    requests.path("rate").asDouble(requests.at("/values/rate").asDouble(Double.NaN));
            return List.of(summary(name, replicas, rate).withLatencySeconds(latency));
        }
        if (document.has("throughput")) {
            return List.of(summary(name, replicas, document.path("throughput").asDouble(Double.NaN))
                    .withLatencySeconds(document.at("/latencies/50th").asDouble(Double.NaN) / NANOS)
                    .withOfferedPerSecond(document.path("rate").asDouble(Double.NaN)));
        }
        JsonNode rows = document.isArray() ? document : document.path("samples");
        List<ProfileSample> samples = new ArrayList<>();
        for (JsonNode row : rows) {
            Map<String, String> values = new HashMap<>();
            row.properties()
                    .forEach(member ->
                            values.put(member.getKey(), member.getValue().asText()));
            samples.add(row("%s, row %d".formatted(name, samples.size() + 1), values, samples.size()));
        }
        if (samples.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has no rows: expected a list, a member samples, or a summary of k6 or vegeta".formatted(name));
        }
        return samples;
    }

    private static double duration(JsonNode trend) {
        return trend.path("med").asDouble(trend.at("/values/med").asDouble(Double.NaN));
    }

    private static ProfileSample summary(String name, int replicas, double rate) {
        if (replicas < 1) {
            throw new IllegalArgumentException(
                    "%s is a summary of one run: say with --replicas how many there were".formatted(name));
        }
        return ProfileSample.of(Instant.EPOCH, replicas, rate);
    }

    private static List<ProfileSample> csv(String name, String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        List<ProfileSample> samples = new ArrayList<>();
        String[] heading = lines.isEmpty() ? new String[0] : lines.get(0).split("[,;\\t]", -1);
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] cells = line.split("[,;\\t]", -1);
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < Math.min(heading.length, cells.length); i++) {
                values.put(heading[i].strip(), cells[i].strip());
            }
            samples.add(row("%s, row %d".formatted(name, samples.size() + 1), values, samples.size()));
        }
        return samples;
    }

    private static ProfileSample row(String where, Map<String, String> named, int number) {
        Map<String, String> values = new HashMap<>();
        named.forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT).replace("_", "");
            values.put(OTHER_NAMES.getOrDefault(key, key), value);
        });
        double replicas = number(where, values, "replicas");
        double rate = number(where, values, "requestspersecond");
        if (!values.containsKey("replicas") || !values.containsKey("requestspersecond")) {
            throw new IllegalArgumentException("%s: expected the columns replicas and requestsPerSecond, found %s"
                    .formatted(where, named.keySet()));
        }
        if (replicas != Math.rint(replicas)) {
            throw new IllegalArgumentException(
                    "%s: replicas is %s, expected a whole number".formatted(where, replicas));
        }
        double millis = number(where, values, "latencymillis");
        double seconds = number(where, values, "latencyseconds");
        return new ProfileSample(
                at(where, values.getOrDefault("at", ""), number),
                (int) replicas,
                rate,
                number(where, values, "utilisation"),
                Double.isNaN(seconds) ? millis / MILLIS : seconds,
                number(where, values, "offeredpersecond"));
    }

    /** Rows without a time are a second apart. */
    private static Instant at(String where, String text, int number) {
        if (text.isEmpty()) {
            return Instant.EPOCH.plusSeconds(number);
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * MILLIS));
        } catch (RuntimeException wrong) {
            throw new IllegalArgumentException(
                    "%s: the time is '%s', expected ISO 8601 or seconds since 1970".formatted(where, text), wrong);
        }
    }

    private static double number(String where, Map<String, String> values, String name) {
        String text = values.getOrDefault(name, "");
        if (text.isEmpty()) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("%s: %s is '%s', expected a number".formatted(where, name, text), wrong);
        }
    }
}
