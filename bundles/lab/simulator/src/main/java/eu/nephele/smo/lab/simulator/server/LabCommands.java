// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.server;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldAction.AddCluster;
import eu.nephele.smo.lab.simulator.WorldAction.BeginOutage;
import eu.nephele.smo.lab.simulator.WorldAction.EndOutage;
import eu.nephele.smo.lab.simulator.WorldAction.FailCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RemoveCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RestoreCluster;
import eu.nephele.smo.lab.simulator.WorldAction.SetForeignLoad;
import eu.nephele.smo.lab.simulator.WorldAction.SetLoad;
import eu.nephele.smo.lab.simulator.WorldControl;
import eu.nephele.smo.lab.simulator.reading.ActionReader;
import eu.nephele.smo.lab.simulator.reading.ScenarioElementReader;
import eu.nephele.smo.lab.simulator.reading.SeriesActionReader;
import eu.nephele.smo.lab.simulator.reading.TamperingReader;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;

/** Commands of the laboratory by method, path and body. */
final class LabCommands {

    private static final String BODY = "body";

    private final WorldControl worldControl;

    LabCommands(WorldControl worldControl) {
        this.worldControl = worldControl;
    }

    /**
     * @param path below the context, for example {@code /clusters/c1/fail}
     * @throws NoSuchElementException when the command is unknown, or nothing of that name can be changed
     * @throws ScenarioException when the body is not valid
     */
    WorldAction read(String method, String path, JsonNode body) {
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        return command(method, parts, body)
                .orElseThrow(() -> new NoSuchElementException(
                        "Unknown command %s %s; known are GET world, POST load, POST clusters, ".formatted(method, path)
                                + "DELETE clusters/{name}, POST clusters/{name}/fail|restore|drain|foreign-load, "
                                + "POST and DELETE outages/{part}, POST and DELETE series, POST tamper"));
    }

    void run(WorldAction action) {
        worldControl.apply(action);
    }

    /**
     * A plain service name means the only service of that name; among several one must be chosen, or all get the load by
     * mistake.
     */
    private SetLoad unmistakable(SetLoad load) {
        List<String> meant = worldControl.snapshot().releases().stream()
                .map(release -> release.state().workload())
                .filter(ref -> load.service().equals(ref.service())
                        || load.service().equals(ref.graph().project() + "/" + ref.service()))
                .map(Object::toString)
                .distinct()
                .toList();
        if (meant.size() > 1) {
            throw new ScenarioException("%s.service: '%s' is in several graphs, expected one of %s"
                    .formatted(BODY, load.service(), String.join(", ", meant)));
        }
        return meant.isEmpty() ? load : new SetLoad(meant.get(0), load.profile());
    }

    private Optional<WorldAction> command(String method, List<String> parts, JsonNode body) {
        String verb = method + " " + String.join("/", anonymous(parts));
        return Optional.ofNullable(
                switch (verb) {
                    case "POST load" -> unmistakable(ActionReader.load(body, BODY));
                    case "POST clusters" -> new AddCluster(ScenarioElementReader.cluster(body, BODY));
                    case "DELETE clusters/*" -> new RemoveCluster(parts.get(1));
                    case "POST clusters/*/fail" -> new FailCluster(parts.get(1));
                    case "POST clusters/*/restore" -> new RestoreCluster(parts.get(1));
                    case "POST clusters/*/drain" -> ActionReader.drain(parts.get(1), body, BODY);
                    case "POST clusters/*/foreign-load" ->
                        new SetForeignLoad(parts.get(1), ScenarioElementReader.resources(body, BODY));
                    case "POST outages/*" -> new BeginOutage(ActionReader.outage(parts.get(1), "path"));
                    case "DELETE outages/*" -> new EndOutage(ActionReader.outage(parts.get(1), "path"));
                    case "POST series" -> SeriesActionReader.set(body, BODY);
                    case "DELETE series" -> SeriesActionReader.drop(body, BODY);
                    case "POST tamper" -> TamperingReader.read(body, BODY, worldControl.snapshot());
                    default -> null;
                });
    }

    /** The second part is always a name. */
    private static List<String> anonymous(List<String> parts) {
        return parts.size() < 2
                ? parts
                : IntStream.range(0, parts.size())
                        .mapToObj(i -> i == 1 ? "*" : parts.get(i))
                        .toList();
    }
}
