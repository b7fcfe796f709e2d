// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Entries and seals as lines of JSON with the field names of the Elastic Common Schema; what that has no names for is below
 * {@code smo.}. Empty texts are left out. {@link AuditLineReader} reads them.
 */
public final class AuditLines {

    static final String TIME = "@timestamp";
    static final String SCHEMA = "ecs.version";
    static final String SCHEMA_VERSION = "8.11.0";
    static final String KIND = "event.kind";
    static final String SEQUENCE = "event.sequence";
    static final String ID = "event.id";
    static final String ACTION = "event.action";
    static final String RESULT = "event.outcome";
    static final String HASH = "event.hash";
    static final String ACTOR = "user.name";
    static final String ADDRESS = "source.address";
    static final String CORRELATION = "http.request.id";
    static final String TARGET = "smo.audit.target";
    static final String OUTCOME = "smo.audit.outcome";
    static final String EPOCH = "smo.audit.epoch";
    static final String BEFORE = "smo.audit.before";
    static final String AFTER = "smo.audit.after";
    static final String DETAIL = "smo.audit.detail";
    static final String DECISION = "smo.audit.decision";
    static final String REQUEST = "smo.audit.request";
    static final String PREVIOUS = "smo.audit.previous";
    static final String INSTALLATION = "smo.seal.installation";
    static final String SEALED_SEQUENCE = "smo.seal.sequence";
    static final String SEALED_EPOCH = "smo.seal.epoch";
    static final String SEALED_HASH = "smo.seal.hash";
    static final String KEY = "smo.seal.key";
    static final String SIGNATURE = "smo.seal.signature";

    static final String EVENT = "event";
    static final String STATE = "state";

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant END_OF_TIMES = Instant.parse("9999-12-31T00:00:00Z");

    private final JsonFactory json = new JsonFactory();

    static String action(SealKind kind) {
        return "audit." + kind.name().toLowerCase(Locale.ROOT);
    }

    /** The outcome in the three words of the schema. */
    static String result(String outcome) {
        return switch (outcome) {
            case "accepted", "repeated" -> "success";
            case "interrupted", "" -> "unknown";
            default -> "failure";
        };
    }

    /** One line, ended by a line feed, in UTF-8. */
    public byte[] line(AuditEntry entry) {
        AuditRecord content = entry.content();
        return written(out -> {
            out.writeStringField(TIME, DateTimeFormatter.ISO_INSTANT.format(content.at()));
            out.writeStringField(SCHEMA, SCHEMA_VERSION);
            out.writeStringField(KIND, EVENT);
            out.writeNumberField(SEQUENCE, entry.sequence());
            out.writeStringField(ID, entry.id());
            text(out, ACTION, content.action());
            out.writeStringField(RESULT, result(content.outcome()));
            text(out, ACTOR, content.principal());
            text(out, ADDRESS, content.sourceAddress());
            text(out, CORRELATION, content.correlationId());
            text(out, TARGET, content.target());
            text(out, OUTCOME, content.outcome());
            out.writeNumberField(EPOCH, entry.epoch());
            text(out, BEFORE, content.before());
            text(out, AFTER, content.after());
            text(out, DETAIL, content.detail());
            text(out, DECISION, content.decision());
            text(out, REQUEST, content.request());
            text(out, PREVIOUS, entry.previous());
            text(out, HASH, entry.hash());
        });
    }

    /** One line, ended by a line feed, in UTF-8. */
    public byte[] line(AuditSeal seal) {
        return written(out -> {
            out.writeStringField(TIME, DateTimeFormatter.ISO_INSTANT.format(seal.at()));
            out.writeStringField(SCHEMA, SCHEMA_VERSION);
            out.writeStringField(KIND, STATE);
            out.writeStringField(ACTION, action(seal.kind()));
            text(out, INSTALLATION, seal.installation());
            out.writeNumberField(SEALED_SEQUENCE, seal.head().sequence());
            out.writeNumberField(SEALED_EPOCH, seal.head().epoch());
            text(out, SEALED_HASH, seal.head().hash());
            text(out, KEY, seal.key());
            text(out, SIGNATURE, seal.signature());
        });
    }

    /** The same without its end, as a text. */
    public String text(AuditEntry entry) {
        return new String(line(entry), StandardCharsets.UTF_8).stripTrailing();
    }

    /** The same without its end, as a text. */
    public String text(AuditSeal seal) {
        return new String(line(seal), StandardCharsets.UTF_8).stripTrailing();
    }

    static Instant instant(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(EARLIEST) || !time.isBefore(END_OF_TIMES)) {
            throw new DateTimeException("The time %s is that of no entry".formatted(text));
        }
        return time;
    }

    private interface Members {
        void write(JsonGenerator out) throws IOException;
    }

    private byte[] written(Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            members.write(out);
            out.writeEndObject();
            out.writeRaw('\n');
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    private static void text(JsonGenerator out, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            out.writeStringField(name, value);
        }
    }
}
