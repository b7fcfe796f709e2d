// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AuditEncodingTest {

    private final AuditEncoding encoding = new AuditEncoding();

    @Example
    void theEncodingIsTheOneThatIsDocumented() {
        AuditEntry entry = new AuditEntry(
                7,
                3,
                "id",
                new AuditRecord(
                        Instant.parse("1970-01-01T00:00:01.000002Z"),
                        "änna",
                        "::1",
                        "graph.deploy",
                        "graph/p/g",
                        "accepted",
                        "c",
                        "b",
                        "a",
                        "d",
                        "de",
                        "r"),
                "00",
                "");
        assertThat(new String(encoding.encode(entry), StandardCharsets.UTF_8))
                .isEqualTo("11:smo-audit-1,1:7,1:3,7:1000002,2:id,5:änna,3:::1,12:graph.deploy,9:graph/p/g,1:b,1:a,"
                        + "8:accepted,1:d,1:c,2:de,1:r,2:00,");
        assertThat(encoding.hash(entry))
                .isEqualTo(AuditEncoding.digest(
                        "11:smo-audit-1,1:7,1:3,7:1000002,2:id,5:änna,3:::1,12:graph.deploy,9:graph/p/g,1:b,1:a,"
                                + "8:accepted,1:d,1:c,2:de,1:r,2:00,"));
    }

    /** Two entries have the same encoding only if they are the same. */
    @Property
    void anEncodingIsReadBackAsItsFields(@ForAll("entries") AuditEntry entry) {
        byte[] bytes = encoding.encode(entry);
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int colon = at;
            while (bytes[colon] != ':') {
                colon++;
            }
            int length = Integer.parseInt(new String(bytes, at, colon - at, StandardCharsets.US_ASCII));
            fields.add(new String(bytes, colon + 1, length, StandardCharsets.UTF_8));
            assertThat((char) bytes[colon + 1 + length]).isEqualTo(',');
            at = colon + 2 + length;
        }
        AuditRecord content = entry.content();
        assertThat(fields)
                .containsExactly(
                        "smo-audit-1",
                        Long.toString(entry.sequence()),
                        Long.toString(entry.epoch()),
                        Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, content.at())),
                        entry.id(),
                        content.principal(),
                        content.sourceAddress(),
                        content.action(),
                        content.target(),
                        content.before(),
                        content.after(),
                        content.outcome(),
                        content.detail(),
                        content.correlationId(),
                        content.decision(),
                        content.request(),
                        entry.previous());
    }

    @Property
    void aLineIsReadBackAsItsEntryAndFitsItsHash(@ForAll("entries") AuditEntry entry) throws IOException {
        byte[] line = new AuditLines().line(entry);
        List<AuditEntry> read = new ArrayList<>();
        new AuditLineReader(read::add, seal -> {
                    throw new AssertionError("a seal");
                })
                .read(new ByteArrayInputStream(line));
        assertThat(read).containsExactly(entry);
        assertThat(encoding.hash(read.get(0))).isEqualTo(entry.hash());
    }

    /** A digit more in a year is a time that microseconds do not reach. */
    @Example
    void aTimeOfNoEntryIsADamagedLine() {
        byte[] line = new AuditLines()
                .line(new AuditEntry(
                        1,
                        1,
                        "id",
                        new AuditRecord(Instant.EPOCH, "anna", "::1", "graph.deploy", "graph/p/g", "accepted", "c"),
                        "00",
                        "11"));
        for (String time : List.of("+999999-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "+292471-01-01T00:00:00Z")) {
            String falsified = new String(line, StandardCharsets.UTF_8)
                    .replaceFirst("\"@timestamp\":\"[^\"]*\"", "\"@timestamp\":\"" + time + "\"");
            assertThatThrownBy(() -> new AuditLineReader(any -> {}, any -> {})
                            .read(new ByteArrayInputStream(falsified.getBytes(StandardCharsets.UTF_8))))
                    .isInstanceOf(AuditLineReader.DamagedLineException.class)
                    .hasMessageContaining(time);
        }
    }

    /** Whatever byte of a line is changed: it cannot be read, or the chain is not good, or it says the same. */
    @Property(tries = 300)
    void noByteOfALineCanBeChangedUnseen(
            @ForAll("entries") AuditEntry entry, @ForAll int position, @ForAll byte other) {
        byte[] line = new AuditLines().line(entry);
        byte[] falsified = Arrays.copyOf(line, line.length);
        falsified[Math.floorMod(position, line.length - 1)] = other;
        AuditVerifier verifier = new AuditVerifier(List.of());
        List<AuditEntry> read = new ArrayList<>();
        try {
            new AuditLineReader(
                            one -> {
                                read.add(one);
                                verifier.entry(one);
                            },
                            verifier::seal)
                    .read(new ByteArrayInputStream(falsified));
        } catch (IOException found) {
            return;
        }
        assertThat(read.equals(List.of(entry)) || !verifier.end().isGood()).isTrue();
    }

    @Provide
    Arbitrary<AuditEntry> entries() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(30);
        Arbitrary<Instant> time = Arbitraries.longs()
                .between(0, 4_000_000_000_000_000L)
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
        return Combinators.combine(
                        time, text.list().ofSize(11), Arbitraries.longs().greaterOrEqual(1))
                .as((at, texts, epoch) -> AuditEntry.following(
                        AuditHead.EMPTY,
                        epoch,
                        "id",
                        new AuditRecord(
                                at,
                                texts.get(0),
                                texts.get(1),
                                texts.get(2),
                                texts.get(3),
                                texts.get(4),
                                texts.get(5),
                                texts.get(6),
                                texts.get(7),
                                texts.get(8),
                                texts.get(9),
                                texts.get(10))));
    }
}
