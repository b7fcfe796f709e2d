// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Canonical encoding of an entry, and its hash. An encoding is a sequence of netstrings: for each field the length of its UTF-8 bytes
 * in decimal, {@code :}, these bytes, {@code ,}. The fields are, in this order: the text {@code smo-audit-1}, sequence, epoch,
 * microseconds since 1970 (UTC), id, actor, address, action, target, digest before, digest after, outcome, detail, correlation id,
 * decision, request, hash of the entry before. Numbers are decimal. The hash is SHA-256 of the encoding, in 64 lower-case hex digits.
 * Not thread-safe.
 */
public final class AuditEncoding {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final String VERSION = "smo-audit-1";
    private static final HexFormat HEX = HexFormat.of();
    private static final int USUAL_BYTES = 512;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    private final MessageDigest digest = sha256();

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }

    /** Hex SHA-256 of a text, for digests of what is not to be stored itself. */
    public static String digest(String text) {
        return HEX.formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The hash that the entry should have; the one that it has does not count. */
    public String hash(AuditEntry entry) {
        return HEX.formatHex(digest.digest(encode(entry)));
    }

    /** The canonical encoding. */
    public byte[] encode(AuditEntry entry) {
        AuditRecord content = entry.content();
        bytes.reset();
        field(VERSION);
        field(Long.toString(entry.sequence()));
        field(Long.toString(entry.epoch()));
        field(Long.toString(micros(content.at())));
        field(entry.id());
        field(content.principal());
        field(content.sourceAddress());
        field(content.action());
        field(content.target());
        field(content.before());
        field(content.after());
        field(content.outcome());
        field(content.detail());
        field(content.correlationId());
        field(content.decision());
        field(content.request());
        field(entry.previous());
        return bytes.toByteArray();
    }

    static long micros(Instant at) {
        // not by ChronoUnit, which counts nanoseconds first: they end in 2262
        return Math.addExact(
                Math.multiplyExact(at.getEpochSecond(), MICROS_PER_SECOND), at.getNano() / NANOS_PER_MICRO);
    }

    private void field(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(Integer.toString(utf8.length).getBytes(StandardCharsets.US_ASCII));
        bytes.write(':');
        bytes.writeBytes(utf8);
        bytes.write(',');
    }
}
