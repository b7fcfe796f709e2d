// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads lines of {@link AuditLines}, one at a time. Members that are derived from others must fit them, and unknown ones are refused:
 * what a hash does not cover must not say anything else either.
 */
public final class AuditLineReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Set<String> OF_ENTRIES = Set.of(
            AuditLines.TIME,
            AuditLines.SCHEMA,
            AuditLines.KIND,
            AuditLines.SEQUENCE,
            AuditLines.ID,
            AuditLines.ACTION,
            AuditLines.RESULT,
            AuditLines.ACTOR,
            AuditLines.ADDRESS,
            AuditLines.CORRELATION,
            AuditLines.TARGET,
            AuditLines.OUTCOME,
            AuditLines.EPOCH,
            AuditLines.BEFORE,
            AuditLines.AFTER,
            AuditLines.DETAIL,
            AuditLines.DECISION,
            AuditLines.REQUEST,
            AuditLines.PREVIOUS,
            AuditLines.HASH);
    private static final Set<String> OF_SEALS = Set.of(
            AuditLines.TIME,
            AuditLines.SCHEMA,
            AuditLines.KIND,
            AuditLines.ACTION,
            AuditLines.INSTALLATION,
            AuditLines.SEALED_SEQUENCE,
            AuditLines.SEALED_EPOCH,
            AuditLines.SEALED_HASH,
            AuditLines.KEY,
            AuditLines.SIGNATURE);

    private final Consumer<AuditEntry> entries;
    private final Consumer<AuditSeal> seals;
    private final Map<String, String> members = new HashMap<>();
    private long line;

    public AuditLineReader(Consumer<AuditEntry> entries, Consumer<AuditSeal> seals) {
        this.entries = entries;
        this.seals = seals;
    }

    /** A line is not one of ours, or says two things. */
    public static final class DamagedLineException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedLineException(long line, String why) {
            super("Line %d of the audit is damaged: %s".formatted(line, why));
        }
    }

    /**
     * Reads to the end.
     *
     * @throws DamagedLineException at the first line that is none of an audit
     */
    public void read(InputStream from) throws IOException {
        try (JsonParser parser = JSON.createParser(from)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                line++;
                if (token != JsonToken.START_OBJECT) {
                    throw damaged("it is no object");
                }
                readMembers(parser);
                deliver();
            }
        } catch (JsonParseException broken) {
            throw damaged(broken.getOriginalMessage());
        }
    }

    private void readMembers(JsonParser parser) throws IOException {
        members.clear();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NUMBER_INT) {
                throw damaged("'%s' is no text or whole number".formatted(name));
            }
            members.put(name, parser.getText());
        }
    }

    private void deliver() throws DamagedLineException {
        expect(AuditLines.SCHEMA, AuditLines.SCHEMA_VERSION);
        String kind = text(AuditLines.KIND);
        Set<String> known = kind.equals(AuditLines.EVENT) ? OF_ENTRIES : OF_SEALS;
        for (String name : members.keySet()) {
            if (!known.contains(name)) {
                throw damaged("'%s' is not known".formatted(name));
            }
        }
        try {
            if (kind.equals(AuditLines.EVENT)) {
                entries.accept(entry());
            } else {
                expect(AuditLines.KIND, AuditLines.STATE);
                seals.accept(seal());
            }
        } catch (DateTimeException | NumberFormatException unreadable) {
            throw damaged(String.valueOf(unreadable.getMessage()));
        }
    }

    private AuditEntry entry() throws DamagedLineException {
        String outcome = text(AuditLines.OUTCOME);
        expect(AuditLines.RESULT, AuditLines.result(outcome));
        AuditRecord content = new AuditRecord(
                AuditLines.instant(text(AuditLines.TIME)),
                text(AuditLines.ACTOR),
                text(AuditLines.ADDRESS),
                text(AuditLines.ACTION),
                text(AuditLines.TARGET),
                outcome,
                text(AuditLines.CORRELATION),
                text(AuditLines.BEFORE),
                text(AuditLines.AFTER),
                text(AuditLines.DETAIL),
                text(AuditLines.DECISION),
                text(AuditLines.REQUEST));
        return new AuditEntry(
                number(AuditLines.SEQUENCE),
                number(AuditLines.EPOCH),
                text(AuditLines.ID),
                content,
                text(AuditLines.PREVIOUS),
                text(AuditLines.HASH));
    }

    private AuditSeal seal() throws DamagedLineException {
        SealKind kind = text(AuditLines.ACTION).equals(AuditLines.action(SealKind.CHECKPOINT))
                ? SealKind.CHECKPOINT
                : SealKind.HEAD;
        expect(AuditLines.ACTION, AuditLines.action(kind));
        return new AuditSeal(
                kind,
                text(AuditLines.INSTALLATION),
                new AuditHead(
                        number(AuditLines.SEALED_SEQUENCE),
                        number(AuditLines.SEALED_EPOCH),
                        text(AuditLines.SEALED_HASH)),
                AuditLines.instant(text(AuditLines.TIME)),
                text(AuditLines.KEY),
                text(AuditLines.SIGNATURE));
    }

    private String text(String name) {
        return members.getOrDefault(name, "");
    }

    private long number(String name) {
        return Long.parseLong(text(name));
    }

    private void expect(String name, String value) throws DamagedLineException {
        if (!text(name).equals(value)) {
            throw damaged("'%s' is '%s', expected '%s'".formatted(name, text(name), value));
        }
    }

    private DamagedLineException damaged(String why) {
        return new DamagedLineException(line, why);
    }
}
