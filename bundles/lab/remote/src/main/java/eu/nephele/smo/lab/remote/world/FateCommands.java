// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldAction.AddCluster;
import eu.nephele.smo.lab.simulator.WorldAction.BeginOutage;
import eu.nephele.smo.lab.simulator.WorldAction.EndOutage;
import eu.nephele.smo.lab.simulator.WorldAction.FailCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RemoveCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RestoreCluster;
import eu.nephele.smo.lab.simulator.WorldAction.SetForeignLoad;
import eu.nephele.smo.lab.simulator.WorldControl;
import eu.nephele.smo.lab.simulator.reading.ActionReader;
import eu.nephele.smo.lab.simulator.reading.ScenarioElementReader;
import eu.nephele.smo.lab.simulator.reading.SeriesActionReader;
import eu.nephele.smo.lab.simulator.reading.TamperingReader;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Commands that inject faults into the world, on the same paths and with the same bodies as in a server of the profile
 * {@code sim}.
 */
final class FateCommands {

    private static final String BODY = "body";

    private final WorldControl worldControl;
    private final ObjectMapper json = new ObjectMapper();

    FateCommands(WorldControl worldControl) {
        this.worldControl = worldControl;
    }

    Optional<Object> command(WorldCall call) {
        worldControl.apply(action(call, body(call)));
        return Optional.empty();
    }

    private JsonNode body(WorldCall call) {
        try {
            return call.body().isEmpty()
                    ? JsonNodeFactory.instance.objectNode()
                    : call.body().tree(json);
        } catch (IOException e) {
            throw new ScenarioException("The body is not JSON: " + e.getMessage(), e);
        }
    }

    private WorldAction action(WorldCall call, JsonNode body) {
        List<String> path = call.path();
        String name = path.size() > 2 ? path.get(2) : "";
        return switch (call.method() + " " + anonymous(path)) {
            case "POST load" -> ActionReader.load(body, BODY);
            case "POST clusters" -> new AddCluster(ScenarioElementReader.cluster(body, BODY));
            case "DELETE clusters/*" -> new RemoveCluster(name);
            case "POST clusters/*/fail" -> new FailCluster(name);
            case "POST clusters/*/restore" -> new RestoreCluster(name);
            case "POST clusters/*/drain" -> ActionReader.drain(name, body, BODY);
            case "POST clusters/*/foreign-load" ->
                new SetForeignLoad(name, ScenarioElementReader.resources(body, BODY));
            case "POST outages/*" -> new BeginOutage(ActionReader.outage(name, "path"));
            case "POST series" -> SeriesActionReader.set(body, BODY);
            case "DELETE series" -> SeriesActionReader.drop(body, BODY);
            case "POST tamper" -> TamperingReader.read(body, BODY, worldControl.snapshot());
            case "DELETE outages/*" -> new EndOutage(ActionReader.outage(name, "path"));
            default ->
                throw new NoSuchElementException("Unknown command %s /%s; known are POST lab/load, POST lab/clusters, "
                                .formatted(call.method(), String.join("/", path))
                        + "DELETE lab/clusters/{name}, POST lab/clusters/{name}/fail|restore|drain|foreign-load, "
                        + "POST and DELETE lab/outages/{part}, POST and DELETE lab/series, POST lab/tamper");
        };
    }

    /** The path below {@code lab} with a star for the name. */
    private static String anonymous(List<String> path) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < path.size(); i++) {
            text.append(i == 1 ? "" : "/").append(i == 2 ? "*" : path.get(i));
        }
        return text.toString();
    }
}
