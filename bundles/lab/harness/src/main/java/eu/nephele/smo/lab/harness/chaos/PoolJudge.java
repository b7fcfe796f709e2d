// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares pool, graphs, engines and balancer with the promises to the clients. */
final class PoolJudge {

    private static final Set<String> FINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "SUPERSEDED");

    private final ServerApi api;
    private final ContainersWorld world;
    private final PromiseLedger ledger;
    private final PoolModel model;

    PoolJudge(ServerApi api, ContainersWorld world, PromiseLedger ledger, PoolModel model) {
        this.api = api;
        this.world = world;
        this.ledger = ledger;
        this.model = model;
    }

    List<ChaosFinding> findings() throws IOException, InterruptedException {
        List<ChaosFinding> findings = new ArrayList<>(ledger.findings());
        pool(findings);
        graphs(findings);
        operations(findings);
        findings.addAll(PoolVerdict.judge(model.services(), model::isTainted, world.observe()));
        return findings;
    }

    private void pool(List<ChaosFinding> findings) throws IOException, InterruptedException {
        JsonNode pool = good(PoolCalls.POOL);
        if (!pool.path("phase").asText().equals("READY")) {
            findings.add(ChaosFinding.stuck(
                    "the pool",
                    "READY",
                    "%s %s"
                            .formatted(
                                    pool.path("phase").asText(),
                                    pool.path("message").asText())));
        }
    }

    private void graphs(List<ChaosFinding> findings) throws IOException, InterruptedException {
        Set<String> missing = new TreeSet<>();
        model.services().forEach(service -> missing.add(service.name()));
        for (JsonNode graph : good(PoolCalls.GRAPHS + "?limit=1000").path("items")) {
            String name = graph.path("name").asText();
            String phase = graph.path("phase").asText();
            if (!missing.remove(name)) {
                findings.add(ChaosFinding.orphaned(name, "no graph: no service has it", phase));
            } else if (!phase.equals("RUNNING")) {
                findings.add(ChaosFinding.stuck(name, "RUNNING", phase + " " + graph.path("conditions")));
            }
        }
        missing.forEach(name -> findings.add(ChaosFinding.lost(name, "its graph", "none")));
    }

    private void operations(List<ChaosFinding> findings) throws IOException, InterruptedException {
        for (JsonNode operation : good("/api/v1/operations?limit=1000").path("items")) {
            if (!FINAL.contains(operation.path("state").asText())) {
                findings.add(ChaosFinding.stuck(
                        "operation " + operation.path("id").asText(), "its end", operation.toString()));
            }
        }
    }

    private JsonNode good(String path) throws IOException, InterruptedException {
        ApiResponse answer = api.get(path);
        if (!answer.isGood()) {
            throw new IOException("GET %s: %d %s".formatted(path, answer.status(), answer.text()));
        }
        return answer.json();
    }
}
