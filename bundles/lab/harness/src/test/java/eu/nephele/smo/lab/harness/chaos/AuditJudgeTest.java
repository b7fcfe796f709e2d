// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditLines;
import eu.nephele.smo.lab.harness.chaos.ChaosFinding.ChaosKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries of the audit, compared with acknowledged changes. */
class AuditJudgeTest {

    private final Map<String, String> answers = new HashMap<>(Map.of("/api/v1/audit/keys", "{\"items\":[]}"));
    private final PromiseLedger ledger = new PromiseLedger();
    private final List<AuditEntry> chain = new ArrayList<>();

    @TempDir
    private Path data;

    private HttpServer server;
    private AuditJudge judge;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String answer = answers.getOrDefault(exchange.getRequestURI().toString(), "");
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.isEmpty() ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        judge = new AuditJudge(
                new ServerApi(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                RunToken.make(),
                ledger,
                List.of(data));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void entry(String correlationId, String outcome) {
        entry("anna", correlationId, outcome);
    }

    private void entry(String actor, String correlationId, String outcome) {
        AuditHead head = chain.isEmpty()
                ? new AuditHead(0, 1, AuditHead.NOTHING)
                : chain.get(chain.size() - 1).head();
        chain.add(AuditEntry.following(
                head,
                1,
                "id-" + chain.size(),
                new AuditRecord(
                        Instant.parse("2026-11-28T00:00:00Z"),
                        actor,
                        "127.0.0.1",
                        "graph.deploy",
                        "graph/chaos/g1",
                        outcome,
                        correlationId,
                        "",
                        "",
                        "",
                        "",
                        "")));
    }

    private List<ChaosFinding> findings() throws IOException, InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (AuditEntry entry : chain) {
            lines.append(new String(new AuditLines().line(entry), StandardCharsets.UTF_8));
        }
        answers.put("/api/v1/audit/export", lines.toString());
        return judge.judge().findings();
    }

    @Test
    void oneEntryThatAcceptsIsRightWhateverElseIsSaidOfTheRequest() throws Exception {
        ledger.request("r1", "deploy of g1");
        entry("r1", "interrupted");
        entry("r1", "accepted");
        entry("r1", "repeated");
        entry("smo", "r1", "accepted");
        assertThat(findings()).isEmpty();
        assertThat(judge.judge().entries()).isEqualTo(4);
    }

    @Test
    void anAcknowledgedChangeWithoutAnEntryAndOneWithTwoAreFindings() throws Exception {
        ledger.request("r1", "deploy of g1");
        ledger.request("r2", "stop of g1");
        entry("r1", "conflict");
        entry("r2", "accepted");
        entry("r2", "accepted");
        assertThat(findings()).extracting(ChaosFinding::kind).containsExactly(ChaosKind.LOST, ChaosKind.DOUBLED);
    }

    @Test
    void aChangeThatNobodyWasToldOfIsAcceptedOnceAtMost() throws Exception {
        ledger.sent("r1", "scale/up");
        ledger.sent("r2", "scale/up");
        ledger.sent("r3", "scale/up");
        ledger.request("r3", "scale up of web");
        entry("r2", "interrupted");
        entry("r2", "accepted");
        entry("r3", "accepted");
        assertThat(findings()).isEmpty();
        entry("r2", "accepted");
        assertThat(findings()).extracting(ChaosFinding::kind).containsExactly(ChaosKind.DOUBLED);
    }

    /** As a server leaves it that could not write its last entries before another one took over. */
    @Test
    void anEntryThatWaitsInTheLocalFileOfAServerCounts() throws Exception {
        ledger.request("r1", "deploy of g1");
        ledger.request("r2", "stop of g1");
        entry("r1", "accepted");
        Path file = Files.createDirectories(data.resolve("audit")).resolve("buffer.jsonl");
        Files.write(file, new AuditLines().line(chain.remove(0)));
        entry("r1", "interrupted");
        entry("r2", "accepted");
        assertThat(findings()).isEmpty();
        assertThat(judge.judge().waiting()).isEqualTo(1);
        Files.delete(file);
        assertThat(findings()).extracting(ChaosFinding::kind).containsExactly(ChaosKind.LOST);
    }

    @Test
    void aChainThatDoesNotHoldIsAFinding() throws Exception {
        entry("r1", "accepted");
        entry("r2", "accepted");
        chain.remove(0);
        assertThat(findings()).extracting(ChaosFinding::subject).contains("the chain of the audit");
    }

    @Test
    void aServerThatDoesNotAnswerIsNoVerdict() {
        answers.clear();
        assertThatThrownBy(() -> judge.judge()).isInstanceOf(IOException.class).hasMessageContaining("404");
    }
}
