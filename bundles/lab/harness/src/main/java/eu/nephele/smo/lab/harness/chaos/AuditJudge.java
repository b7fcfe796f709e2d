// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditLineReader;
import eu.nephele.smo.core.contract.audit.AuditVerdict;
import eu.nephele.smo.core.contract.audit.AuditVerifier;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiRequest;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the audit with the promises to the clients: one entry for each change, in a chain that holds. */
final class AuditJudge {

    private static final String AUDIT = "/api/v1/audit";
    private static final String ACCEPTED = "accepted";
    private static final String LOGIN = "access.login";

    /** What it does by itself for a request has the correlation id of that request, too. */
    private static final String SMO = "smo";

    private final ServerApi api;
    private final RunToken token;
    private final PromiseLedger ledger;
    private final List<Path> data;

    /** @param data of all servers: a former owner keeps in a local file what its database did not take any more */
    AuditJudge(ServerApi api, RunToken token, PromiseLedger ledger, List<Path> data) {
        this.api = api;
        this.token = token;
        this.data = List.copyOf(data);
        this.ledger = ledger;
    }

    /**
     * The audit at the end of a run.
     *
     * @param entries of the chain
     * @param waiting acknowledged changes whose entry is in the local file of a server that stands by: it comes into the
     *     chain when that server is the owner again
     * @param findings acknowledged changes without an entry that accepts them, or with several; other changes with several; faults of
     *     the chain
     */
    record AuditReport(long entries, int waiting, List<ChaosFinding> findings) {

        AuditReport {
            findings = List.copyOf(findings);
        }
    }

    /** @throws IOException when the server does not answer */
    AuditReport judge() throws IOException, InterruptedException {
        List<AuditKey> keys = new ArrayList<>();
        for (JsonNode key : good(AUDIT + "/keys").json().path("items")) {
            keys.add(AuditKey.from(key.path("publicKey").asText()));
        }
        AuditVerifier verifier = new AuditVerifier(keys);
        Map<String, Integer> accepted = new HashMap<>();
        byte[] lines = good(AUDIT + "/export").text().getBytes(StandardCharsets.UTF_8);
        new AuditLineReader(
                        entry -> {
                            verifier.entry(entry);
                            count(entry, accepted);
                        },
                        verifier::seal)
                .read(new ByteArrayInputStream(lines));
        AuditVerdict verdict = verifier.end();
        List<ChaosFinding> findings = new ArrayList<>();
        Map<String, Integer> waiting = waiting();
        waiting.keySet().retainAll(ledger.requests().keySet());
        waiting.keySet().removeAll(accepted.keySet());
        accepted.putAll(waiting);
        ledger.requests().forEach((request, change) -> compare(request, change, accepted, findings));
        ledger.unacknowledged().forEach((request, change) -> {
            if (accepted.getOrDefault(request, 0) > 1) {
                findings.add(doubled(request, "at most one entry that accepts the change " + change, accepted));
            }
        });
        verdict.faults()
                .forEach(fault -> findings.add(
                        ChaosFinding.lost("the chain of the audit", "a chain that holds", fault.toString())));
        return new AuditReport(verdict.entries(), waiting.size(), findings);
    }

    /** By correlation id, like those of the chain. */
    private Map<String, Integer> waiting() throws IOException {
        Map<String, Integer> accepted = new HashMap<>();
        for (Path server : data) {
            Path file = server.resolve("audit/buffer.jsonl");
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    new AuditLineReader(entry -> count(entry, accepted), seal -> {})
                            .read(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
        return accepted;
    }

    private ApiResponse good(String path) throws IOException, InterruptedException {
        ApiResponse answer = api.send(ApiRequest.get(path).with(token));
        if (!answer.isGood()) {
            throw new IOException("GET %s: %d %s".formatted(path, answer.status(), answer.text()));
        }
        return answer;
    }

    private static void count(AuditEntry entry, Map<String, Integer> accepted) {
        // the first use of a token is an entry of its own
        if (entry.content().outcome().equals(ACCEPTED)
                && !entry.content().principal().equals(SMO)
                && !entry.content().action().equals(LOGIN)) {
            accepted.merge(entry.content().correlationId(), 1, Integer::sum);
        }
    }

    private static void compare(
            String request, String change, Map<String, Integer> accepted, List<ChaosFinding> findings) {
        int entries = accepted.getOrDefault(request, 0);
        if (entries == 0) {
            findings.add(ChaosFinding.lost(
                    "audit of the request " + request, "an entry that accepts the acknowledged " + change, "none"));
        } else if (entries > 1) {
            findings.add(doubled(request, "one entry that accepts the acknowledged " + change, accepted));
        }
    }

    private static ChaosFinding doubled(String request, String expected, Map<String, Integer> accepted) {
        return ChaosFinding.doubled(
                "audit of the request " + request, expected, Integer.toString(accepted.getOrDefault(request, 0)));
    }
}
