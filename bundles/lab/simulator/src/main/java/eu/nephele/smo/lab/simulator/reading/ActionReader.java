// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.reading;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.simulator.LoadProfile;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldAction.AddCluster;
import eu.nephele.smo.lab.simulator.WorldAction.BeginOutage;
import eu.nephele.smo.lab.simulator.WorldAction.BreakArtifact;
import eu.nephele.smo.lab.simulator.WorldAction.ChangeValues;
import eu.nephele.smo.lab.simulator.WorldAction.DeleteRelease;
import eu.nephele.smo.lab.simulator.WorldAction.DrainCluster;
import eu.nephele.smo.lab.simulator.WorldAction.EndOutage;
import eu.nephele.smo.lab.simulator.WorldAction.FailCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RemoveCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RestoreCluster;
import eu.nephele.smo.lab.simulator.WorldAction.SetForeignLoad;
import eu.nephele.smo.lab.simulator.WorldAction.SetLoad;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reads actions on the world. An action is a member of its object; its name is the action, its value the target. */
public final class ActionReader {

    private static final Map<String, BiFunction<JsonNode, String, WorldAction>> READERS = readers();

    private ActionReader() {}

    /** Reads the only action among the members. */
    static WorldAction read(ScenarioFields fields) {
        List<Map.Entry<String, BiFunction<JsonNode, String, WorldAction>>> named = READERS.entrySet().stream()
                .filter(reader -> fields.has(reader.getKey()))
                .toList();
        if (named.size() != 1) {
            throw new ScenarioException("%s: expected exactly one of %s, got %d of them"
                    .formatted(fields.place(), READERS.keySet(), named.size()));
        }
        String name = named.get(0).getKey();
        return named.get(0).getValue().apply(fields.required(name), fields.place() + "." + name);
    }

    /** {@code {service, constant|steps|sine}}, or {@code requestsPerSecond} for a constant. */
    public static SetLoad load(JsonNode node, String place) {
        return ScenarioFields.read(node, place, fields -> {
            String service = fields.text("service");
            return fields.has("requestsPerSecond")
                    ? new SetLoad(service, new LoadProfile.Constant(fields.number("requestsPerSecond")))
                    : new SetLoad(service, ScenarioElementReader.profile(fields));
        });
    }

    /** {@code {fraction}}. */
    public static DrainCluster drain(String cluster, JsonNode node, String place) {
        return ScenarioFields.read(node, place, fields -> new DrainCluster(cluster, fields.number("fraction")));
    }

    /** @throws ScenarioException when there is no such part of the machinery */
    public static Outage outage(String name, String place) {
        return Stream.of(Outage.values())
                .filter(outage -> outage.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new ScenarioException("%s: unknown outage '%s', expected one of %s"
                        .formatted(
                                place, name, List.of(Outage.values()).toString().toLowerCase(Locale.ROOT))));
    }

    private static Map<String, BiFunction<JsonNode, String, WorldAction>> readers() {
        Map<String, BiFunction<JsonNode, String, WorldAction>> readers = new LinkedHashMap<>();
        readers.put("failCluster", (node, place) -> new FailCluster(ScenarioFields.toText(node, place)));
        readers.put("restoreCluster", (node, place) -> new RestoreCluster(ScenarioFields.toText(node, place)));
        readers.put("drainCluster", ActionReader::drainNamed);
        readers.put("foreignLoad", ActionReader::foreignLoad);
        readers.put("addCluster", (node, place) -> new AddCluster(ScenarioElementReader.cluster(node, place)));
        readers.put("removeCluster", (node, place) -> new RemoveCluster(ScenarioFields.toText(node, place)));
        readers.put("load", ActionReader::load);
        readers.put("beginOutage", (node, place) -> new BeginOutage(outage(ScenarioFields.toText(node, place), place)));
        readers.put("endOutage", (node, place) -> new EndOutage(outage(ScenarioFields.toText(node, place), place)));
        readers.put("breakArtifact", (node, place) -> new BreakArtifact(ScenarioFields.toText(node, place)));
        readers.put("setSeries", SeriesActionReader::set);
        readers.put("dropSeries", SeriesActionReader::drop);
        readers.put("deleteRelease", (node, place) -> new DeleteRelease(TamperingReader.workload(node, place)));
        readers.put("setReplicas", TamperingReader::replicas);
        readers.put("changeValues", (node, place) -> new ChangeValues(TamperingReader.workload(node, place)));
        readers.put("deleteRule", TamperingReader::rule);
        return Collections.unmodifiableMap(readers);
    }

    private static WorldAction drainNamed(JsonNode node, String place) {
        return ScenarioFields.read(
                node, place, fields -> new DrainCluster(fields.text("cluster"), fields.number("fraction")));
    }

    private static WorldAction foreignLoad(JsonNode node, String place) {
        return ScenarioFields.read(
                node,
                place,
                fields -> new SetForeignLoad(fields.text("cluster"), ScenarioElementReader.resources(fields)));
    }
}
