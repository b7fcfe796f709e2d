// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditLineReaderTest {

    private final AuditLines lines = new AuditLines();
    private final ChainSample sample = new ChainSample();
    private final List<AuditEntry> entries = new ArrayList<>();
    private final List<AuditSeal> seals = new ArrayList<>();

    @Test
    void entriesAndSealsComeInTheirOrder() throws IOException {
        List<AuditEntry> chain = ChainSample.behind(AuditHead.EMPTY, 2, "anna");
        AuditSeal seal = sample.head(chain.get(1));
        read(lines.text(chain.get(0)) + "\n" + lines.text(chain.get(1)) + "\n" + lines.text(seal) + "\n");
        assertThat(entries).isEqualTo(chain);
        assertThat(seals).containsExactly(seal);
    }

    @Test
    void anEntryHasTheFieldNamesOfTheElasticCommonSchema() {
        assertThat(lines.text(ChainSample.behind(AuditHead.EMPTY, 1, "anna").get(0)))
                .startsWith(
                        "{\"@timestamp\":\"2026-11-27T12:00:00.123456Z\",\"ecs.version\":\"8.11.0\","
                                + "\"event.kind\":\"event\",\"event.sequence\":1,\"event.id\":\"id1\","
                                + "\"event.action\":\"graph.deploy\",\"event.outcome\":\"success\",\"user.name\":\"anna\","
                                + "\"source.address\":\"10.0.0.1\",\"http.request.id\":\"c\",\"smo.audit.target\":\"graph/p/g0\"");
    }

    @Test
    void membersThatNoHashCoversAreRefused() {
        String line = lines.text(ChainSample.behind(AuditHead.EMPTY, 1, "anna").get(0));
        assertDamaged(
                line.replace("\"event.outcome\":\"success\"", "\"event.outcome\":\"failure\""), "expected 'success'");
        assertDamaged(line.replace("{\"@", "{\"note\":\"by bert\",\"@"), "'note' is not known");
        assertDamaged(line.replace("{\"@", "{\"user.name\":\"bert\",\"@"), "Duplicate field 'user.name'");
        assertDamaged(line.substring(0, 100), "Line 1 of the audit is damaged");
        assertDamaged("[]", "it is no object");
        assertDamaged(line.replace("\"event.sequence\":1", "\"event.sequence\":true"), "no text or whole number");
    }

    private void assertDamaged(String line, String why) {
        assertThatThrownBy(() -> read(line)).isInstanceOf(IOException.class).hasMessageContaining(why);
    }

    private void read(String text) throws IOException {
        new AuditLineReader(entries::add, seals::add)
                .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
