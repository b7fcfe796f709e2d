// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.harness.chaos.GraphSpec.ChaosService;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiResponse;
import eu.nephele.smo.lab.remote.world.WriteReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compares the world and the server with the promises to the clients. */
final class ChaosJudge {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final Set<String> FINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "SUPERSEDED");

    private final ServerApi api;
    private final ChaosWorld world;
    private final PromiseLedger ledger;
    private final Map<String, GraphModel> graphs = new TreeMap<>();
    private final Map<String, String> phases = new TreeMap<>();
    private final Map<String, String> ended = new HashMap<>();

    ChaosJudge(ServerApi api, ChaosWorld world, PromiseLedger ledger, List<GraphModel> graphs) {
        this.api = api;
        this.world = world;
        this.ledger = ledger;
        graphs.forEach(graph -> this.graphs.put(graph.name(), graph));
    }

    List<ChaosFinding> findings() throws IOException, InterruptedException {
        List<ChaosFinding> findings = new ArrayList<>();
        operations(findings);
        // after the operations, which record failures
        findings.addAll(ledger.findings());
        ObservedWorld observedWorld = world.observe();
        for (GraphModel graph : graphs.values()) {
            if (!graph.isTainted()) {
                ApiResponse answer = api.get(graph.path());
                GraphAnswer graphAnswer = new GraphAnswer(answer.status(), answer.json());
                phases.put(graph.name(), graphAnswer.isAbsent() ? "ABSENT" : graphAnswer.phase());
                findings.addAll(GraphVerdict.judge(graph, graphAnswer, observedWorld));
            }
        }
        strangers(findings);
        observedWorld.releases().stream()
                .filter(ref -> !isWanted(ref, false))
                .forEach(ref -> findings.add(ChaosFinding.orphaned(
                        ref.toString(),
                        "no release: no graph has this service",
                        observedWorld.pods(ref).toString())));
        observedWorld.rules().stream()
                .filter(rule -> !isWanted(rule.workload(), true))
                .forEach(rule -> findings.add(ChaosFinding.orphaned(
                        rule.workload().toString(),
                        "no alert rule: no service waits for it",
                        rule.rule().id())));
        findings.addAll(observedWorld.strays());
        doubled(findings, observedWorld.writes());
        return findings;
    }

    Map<String, Integer> outcomes() {
        return counted(ended);
    }

    Map<String, Integer> phases() {
        return counted(phases);
    }

    private static Map<String, Integer> counted(Map<String, String> words) {
        Map<String, Integer> counts = new TreeMap<>();
        words.values().forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts;
    }

    private void operations(List<ChaosFinding> findings) throws IOException, InterruptedException {
        for (Map.Entry<String, String> operation : ledger.operations().entrySet()) {
            String path = operation.getKey();
            if (ended.containsKey(path)) {
                continue;
            }
            ApiResponse answer = api.get(path);
            String state = answer.json().path("state").asText();
            if (answer.status() == NOT_FOUND) {
                findings.add(ChaosFinding.lost(path, "the acknowledged " + operation.getValue(), "404"));
            } else if (answer.status() != OK || !FINAL.contains(state)) {
                String why = answer.json().path("message").asText() + " "
                        + answer.json().path("error");
                findings.add(ChaosFinding.stuck(
                        path, "the end of the " + operation.getValue(), answer.status() + " " + state + " " + why));
            } else {
                ended.put(path, state);
                failed(operation, answer.json());
            }
        }
    }

    /** Judges a failure: capacity suffices and every outage ends, so nothing but a request to place anew may fail for good. */
    private void failed(Map.Entry<String, String> operation, JsonNode view) {
        if (view.path("state").asText().equals("FAILED")
                && !view.path("kind").asText().equals("PLACE")) {
            ledger.find(ChaosFinding.lost(
                    operation.getKey(),
                    "the acknowledged " + operation.getValue() + " succeeds",
                    "FAILED: " + view.path("error").path("message").asText()));
        }
    }

    /** Graphs of the server without a request. */
    private void strangers(List<ChaosFinding> findings) throws IOException, InterruptedException {
        for (JsonNode item : api.get(ServerApi.GRAPHS.formatted(DescriptorEdits.PROJECT) + "?limit=1000")
                .json()
                .path("items")) {
            if (!graphs.containsKey(item.path("name").asText())) {
                findings.add(ChaosFinding.orphaned(
                        item.path("name").asText(),
                        "no graph without a request",
                        item.path("phase").asText()));
            }
        }
    }

    private boolean isWanted(WorkloadRef ref, boolean asConditional) {
        GraphModel graph = graphs.get(ref.graph().name());
        if (graph == null || graph.isTainted()) {
            return graph != null;
        }
        Optional<ChaosService> service = graph.state().spec().flatMap(spec -> spec.service(ref.service()));
        return service.filter(it -> !asConditional || it.isConditional()).isPresent();
    }

    private static void doubled(List<ChaosFinding> findings, WriteReport writes) {
        List<String> first = writes.firstDoubled();
        for (int i = 0; i < writes.doubled(); i++) {
            String subject = i < first.size() ? first.get(i) : "(more)";
            findings.add(ChaosFinding.doubled(subject, "written once", "the same was written again"));
        }
    }
}
