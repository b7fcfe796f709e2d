// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.reading;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldAction.ChangeValues;
import eu.nephele.smo.lab.simulator.WorldAction.DeleteRelease;
import eu.nephele.smo.lab.simulator.WorldAction.DeleteRule;
import eu.nephele.smo.lab.simulator.WorldAction.SetReplicas;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads changes by other actors to objects that the orchestrator wrote. */
public final class TamperingReader {

    private static final int PARTS = 3;
    private static final String ROLE_RELEASE = "release";
    private static final String ROLE_RULE = "alert rule";

    private TamperingReader() {}

    /**
     * {@code {project, service, what}}, and the members that it needs; the graph, and the event of a rule, where there are
     * several.
     *
     * @throws ScenarioException when it is not valid; the message names the place
     * @throws NoSuchElementException when no such release or rule exists
     */
    public static WorldAction read(JsonNode node, String place, WorldSnapshot world) {
        return ScenarioFields.read(node, place, fields -> switch (fields.text("what")) {
            case "delete-release" -> new DeleteRelease(release(fields, world));
            case "values" -> new ChangeValues(release(fields, world));
            case "replicas" ->
                new SetReplicas(release(fields, world), fields.text("cluster"), fields.whole("replicas"));
            case "rule" -> rule(fields, world);
            default ->
                throw new ScenarioException(
                        "%s.what: expected one of delete-release, replicas, values, rule".formatted(fields.place()));
        });
    }

    static SetReplicas replicas(JsonNode node, String place) {
        return ScenarioFields.read(
                node,
                place,
                fields -> new SetReplicas(
                        workload(fields.required("workload"), place + ".workload"),
                        fields.text("cluster"),
                        fields.whole("replicas")));
    }

    static DeleteRule rule(JsonNode node, String place) {
        return ScenarioFields.read(
                node,
                place,
                fields -> new DeleteRule(
                        workload(fields.required("workload"), place + ".workload"), fields.text("event")));
    }

    /** {@code project/graph/service}. */
    static WorkloadRef workload(JsonNode node, String place) {
        String[] parts = ScenarioFields.toText(node, place).split("/", -1);
        if (parts.length != PARTS || Stream.of(parts).anyMatch(String::isBlank)) {
            throw new ScenarioException("%s: expected project/graph/service, got %s".formatted(place, node));
        }
        return new WorkloadRef(new GraphId(parts[0], parts[1]), parts[2]);
    }

    private static WorkloadRef release(ScenarioFields fields, WorldSnapshot world) {
        return only(
                world.releases().stream()
                        .map(release -> release.state().workload())
                        .filter(wanted(fields)::matches)
                        .toList(),
                ROLE_RELEASE,
                fields);
    }

    private static DeleteRule rule(ScenarioFields fields, WorldSnapshot world) {
        TamperTarget tamperTarget = wanted(fields);
        Optional<String> event = fields.optionalText("event");
        return only(
                world.rules().stream()
                        .filter(rule -> tamperTarget.matches(rule.workload())
                                && event.map(rule.event()::equals).orElse(true))
                        .map(rule -> new DeleteRule(rule.workload(), rule.event()))
                        .toList(),
                ROLE_RULE,
                fields);
    }

    private record TamperTarget(String project, Optional<String> graph, String service) {
        boolean matches(WorkloadRef ref) {
            return ref.graph().project().equals(project)
                    && graph.map(ref.graph().name()::equals).orElse(true)
                    && ref.service().equals(service);
        }

        @Override
        public String toString() {
            return "service %s in project %s%s"
                    .formatted(
                            service,
                            project,
                            graph.map(" and graph %s"::formatted).orElse(""));
        }
    }

    private static TamperTarget wanted(ScenarioFields fields) {
        return new TamperTarget(fields.text("project"), fields.optionalText("graph"), fields.text("service"));
    }

    private static <T> T only(List<T> found, String role, ScenarioFields fields) {
        if (found.isEmpty()) {
            throw new NoSuchElementException("Unknown %s of %s".formatted(role, wanted(fields)));
        }
        if (found.size() > 1) {
            throw new ScenarioException("%s: ambiguous, expected one of %s".formatted(fields.place(), found));
        }
        return found.get(0);
    }
}
