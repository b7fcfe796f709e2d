// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.reading;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.simulator.AlertTiming;
import eu.nephele.smo.lab.simulator.ChartModel;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.Scenario.ScenarioMoment;
import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldAction.AddCluster;
import eu.nephele.smo.lab.simulator.WorldAction.DrainCluster;
import eu.nephele.smo.lab.simulator.WorldAction.FailCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RemoveCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RestoreCluster;
import eu.nephele.smo.lab.simulator.WorldAction.SetForeignLoad;
import eu.nephele.smo.lab.simulator.WorldAction.SetReplicas;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a scenario and checks that all clusters that it names exist. */
public final class ScenarioReader {

    private static final String BEGINNING = "2026-06-01T00:00:00Z";
    private static final double STARTUP_DELAY_MILLIS = 2000;
    private static final double REQUESTS_PER_CPU_SECOND = 20;

    private ScenarioReader() {}

    /**
     * @param source its origin, for messages
     * @throws ScenarioException when it is not a valid scenario; the message names the place
     */
    public static Scenario read(JsonNode node, String source) {
        return ScenarioFields.read(node, source + ": scenario", ScenarioReader::scenario);
    }

    private static Scenario scenario(ScenarioFields fields) {
        List<ClusterModel> clusters = fields.items("clusters", ScenarioElementReader::cluster);
        Set<String> names = new TreeSet<>();
        clusters.forEach(cluster -> names.add(cluster.name()));
        Scenario scenario = new Scenario(
                fields.text("name"),
                beginning(fields),
                Duration.ofMillis(
                        Math.round(notNegative(fields, "startupDelayMillis").orElse(STARTUP_DELAY_MILLIS))),
                Duration.ofMillis(
                        Math.round(notNegative(fields, "terminationDelayMillis").orElse(0.0))),
                positive(fields, "requestsPerCpuSecond").orElse(REQUESTS_PER_CPU_SECOND),
                clusters,
                latency(fields, names),
                charts(fields, names),
                fields.entries("loads", ScenarioElementReader::profile),
                SeriesActionReader.all(fields),
                fields.optionalObject("alerting", SeriesActionReader::timing).orElse(AlertTiming.USUAL),
                fields.items("timeline", (node, place) -> ScenarioFields.read(node, place, ScenarioReader::moment)));
        requireKnownClusters(scenario, names, fields.place());
        return scenario;
    }

    private static ScenarioMoment moment(ScenarioFields fields) {
        Duration after = ScenarioElementReader.seconds(fields, "afterSeconds");
        if (after.isNegative()) {
            throw new ScenarioException("%s.afterSeconds: expected 0 or more".formatted(fields.place()));
        }
        return new ScenarioMoment(after, ActionReader.read(fields));
    }

    private static Instant beginning(ScenarioFields fields) {
        String text = fields.optionalText("startsAt").orElse(BEGINNING);
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ScenarioException(
                    "%s.startsAt: expected a moment like %s, got '%s'".formatted(fields.place(), BEGINNING, text), e);
        }
    }

    private static Optional<Double> notNegative(ScenarioFields fields, String name) {
        return fields.optionalNumber(name).map(value -> {
            if (!(value >= 0)) {
                throw new ScenarioException("%s.%s: expected 0 or more, got %s".formatted(fields.place(), name, value));
            }
            return value;
        });
    }

    private static Optional<Double> positive(ScenarioFields fields, String name) {
        return fields.optionalNumber(name).map(value -> {
            if (!(value > 0)) {
                throw new ScenarioException(
                        "%s.%s: expected more than 0, got %s".formatted(fields.place(), name, value));
            }
            return value;
        });
    }

    /** One direction counts for both where the other is not given. */
    private static Map<String, Map<String, Double>> latency(ScenarioFields fields, Set<String> names) {
        Map<String, Map<String, Double>> given = fields.entries(
                "latencyMillis",
                (node, place) -> ScenarioFields.read(node, place, row -> {
                    Map<String, Double> millis = new TreeMap<>();
                    names.forEach(to -> notNegative(row, to).ifPresent(value -> millis.put(to, value)));
                    return millis;
                }));
        requireKnown(given.keySet(), names, fields.place() + ".latencyMillis");
        Map<String, Map<String, Double>> both = new TreeMap<>();
        given.forEach((from, row) -> row.forEach((to, millis) -> {
            both.computeIfAbsent(from, unused -> new TreeMap<>()).put(to, millis);
            both.computeIfAbsent(to, unused -> new TreeMap<>()).putIfAbsent(from, millis);
        }));
        given.forEach((from, row) ->
                both.computeIfAbsent(from, unused -> new TreeMap<>()).putAll(row));
        return both;
    }

    /** A list has clusters; an object says what the pods ask for, too. */
    private static Map<String, ChartModel> charts(ScenarioFields fields, Set<String> names) {
        Map<String, ChartModel> charts = fields.entries(
                "charts",
                (node, place) -> node.isObject()
                        ? ScenarioFields.read(node, place, ScenarioReader::chart)
                        : new ChartModel(clusters(node, place), Optional.empty()));
        charts.forEach(
                (chart, decided) -> requireKnown(decided.clusters(), names, fields.place() + ".charts." + chart));
        return charts;
    }

    private static ChartModel chart(ScenarioFields fields) {
        return new ChartModel(
                fields.member("clusters")
                        .map(node -> clusters(node, fields.place() + ".clusters"))
                        .orElse(List.of()),
                fields.optionalObject("requests", ScenarioElementReader::resources));
    }

    private static List<String> clusters(JsonNode node, String place) {
        if (!node.isArray() || node.isEmpty()) {
            throw new ScenarioException("%s: expected a list of clusters, got %s".formatted(place, node));
        }
        return node.valueStream()
                .map(item -> ScenarioFields.toText(item, place))
                .toList();
    }

    private static void requireKnownClusters(Scenario scenario, Set<String> names, String place) {
        Set<String> known = new TreeSet<>(names);
        for (ScenarioMoment moment : scenario.timeline()) {
            if (moment.action() instanceof AddCluster added) {
                known.add(added.cluster().name());
            }
            clusterOf(moment.action())
                    .ifPresent(cluster -> requireKnown(
                            List.of(cluster),
                            known,
                            "%s.timeline after %d s"
                                    .formatted(place, moment.after().toSeconds())));
        }
    }

    private static Optional<String> clusterOf(WorldAction action) {
        if (action instanceof FailCluster fail) {
            return Optional.of(fail.cluster());
        } else if (action instanceof RestoreCluster restore) {
            return Optional.of(restore.cluster());
        } else if (action instanceof DrainCluster drain) {
            return Optional.of(drain.cluster());
        } else if (action instanceof SetForeignLoad foreign) {
            return Optional.of(foreign.cluster());
        } else if (action instanceof RemoveCluster remove) {
            return Optional.of(remove.cluster());
        } else if (action instanceof SetReplicas set) {
            return Optional.of(set.cluster());
        }
        return Optional.empty();
    }

    private static void requireKnown(Iterable<String> clusters, Set<String> names, String place) {
        clusters.forEach(cluster -> {
            if (!names.contains(cluster)) {
                throw new ScenarioException(
                        "%s: unknown cluster '%s', expected one of %s".formatted(place, cluster, names));
            }
        });
    }
}
