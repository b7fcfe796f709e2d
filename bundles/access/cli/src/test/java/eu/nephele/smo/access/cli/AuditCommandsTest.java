// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditLines;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit from the command line. */
class AuditCommandsTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path folder;

    private final FakeSmo server = new FakeSmo();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AuditLines lines = new AuditLines();
    private final List<String> chain = new ArrayList<>();
    private KeyPair pair;
    private AuditKey key;
    private AuditHead head = AuditHead.EMPTY;

    @BeforeEach
    void make() throws GeneralSecurityException {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        key = AuditKey.from(pair.getPublic(), NOON);
        for (int i = 1; i <= 5; i++) {
            AuditEntry entry = AuditEntry.following(
                    head,
                    1,
                    "id" + i,
                    new AuditRecord(NOON, "anna", "10.0.0.1", "graph.deploy", "graph/p/g" + i, "accepted", "c"));
            chain.add(lines.text(entry));
            head = entry.head();
        }
        server.on("GET /api/v1/audit/keys", "{\"items\":[{\"publicKey\":\"%s\"}]}".formatted(key.encoded()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theChainOfAServerIsVerified() throws Exception {
        chain.add(lines.text(sealed()));
        serve();
        assertThat(run("verify")).isZero();
        assertThat(out.toString()).contains("5 entries, 1 to 5, 1 signed heads", "Nothing was changed");
        assertThat(run("verify", "--json")).isZero();
    }

    @Test
    void whatWasChangedIsToldAndFailsTheCommand() throws Exception {
        chain.set(2, chain.get(2).replace("anna", "bert"));
        serve();
        assertThat(run("verify", "--json")).isEqualTo(1);
        JsonNode verdict = FakeSmo.json(out.toString());
        assertThat(verdict.path("good").asBoolean()).isFalse();
        assertThat(verdict.path("faults").path(0).path("kind").asText()).isEqualTo("changed");
        assertThat(verdict.path("faults").path(0).path("sequence").asLong()).isEqualTo(3);
    }

    @Test
    void aFileIsVerifiedAgainstAnAnchorAndAKeyThatIsTrusted() throws Exception {
        Path anchor = Files.writeString(folder.resolve("anchor"), lines.text(sealed()) + "\n");
        chain.remove(4);
        Path file = Files.write(folder.resolve("audit.jsonl"), chain);
        assertThat(run("verify", "--file", file.toString())).isEqualTo(64);
        assertThat(run("verify", "--file", file.toString(), "--key", key.encoded()))
                .as("nobody else knows the end")
                .isZero();
        assertThat(run("verify", "--file", file.toString(), "--key", key.encoded(), "--anchor", anchor.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("cut_off at 5: the chain ends at 4, but 5 was signed");
    }

    @Test
    void anAnchorWithoutAHeadIsNoProof() throws Exception {
        Path file = Files.write(folder.resolve("audit.jsonl"), chain);
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThat(run("verify", "--file", file.toString(), "--key", key.encoded(), "--anchor", empty.toString()))
                .isEqualTo(64);
        assertThat(err.toString()).contains("no signed head");
        assertThat(run("verify", "--file", file.toString(), "--key", key.encoded(), "--anchor", file.toString()))
                .isEqualTo(64);
        assertThat(err.toString()).contains("has entries");
    }

    @Test
    void aLineThatIsNoneIsNamed() throws Exception {
        chain.set(1, "{\"x\":1}");
        serve();
        assertThat(run("verify")).isEqualTo(1);
        assertThat(err.toString()).contains("Line 2 of the audit is damaged");
    }

    @Test
    void entriesAreListedShownAndExported() throws Exception {
        server.on(
                "GET /api/v1/audit?after=3&actor=anna%20b",
                "{\"items\":[{\"sequence\":4,\"actor\":\"anna\",\"action\":\"graph.deploy\"}],\"nextCursor\":null}");
        server.on("GET /api/v1/audit?limit=1&after=3", "{\"items\":[{\"sequence\":4,\"detail\":\"why\"}]}");
        server.on("GET /api/v1/audit?limit=1&after=8", "{\"items\":[]}");
        server.on("GET /api/v1/audit/head", "{\"sequence\":5,\"anchors\":[]}");
        serve();
        assertThat(run("list", "--after", "3", "--actor", "anna b")).isZero();
        assertThat(out.toString()).contains("graph.deploy");
        assertThat(run("show", "4")).isZero();
        assertThat(out.toString()).contains("detail         why");
        assertThat(run("show")).isZero();
        assertThat(run("show", "9")).isEqualTo(1);
        assertThat(err.toString()).contains("no entry 9");
        Path file = folder.resolve("audit.jsonl");
        assertThat(run("export", file.toString())).isZero();
        assertThat(Files.readAllLines(file)).isEqualTo(chain);
    }

    @Test
    void aRefusalIsTold() {
        server.reply("GET /api/v1/audit/export", 404, "{\"title\":\"Not found\",\"detail\":\"audit/* not found\"}");
        assertThat(run("verify")).isEqualTo(1);
        assertThat(err.toString()).contains("audit/* not found");
    }

    private void serve() {
        server.bytes("GET /api/v1/audit/export", (String.join("\n", chain) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private AuditSeal sealed() throws GeneralSecurityException {
        AuditSeal open = new AuditSeal(SealKind.HEAD, "here", head, NOON, key.id(), "");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(open.signed());
        return open.with(Base64.getEncoder().encodeToString(signature.sign()));
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("audit"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
