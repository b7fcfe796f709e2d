// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import java.time.temporal.ChronoUnit;

/**
 * Limits of the texts of an entry. What comes from a caller may be longer, or hold what a database cannot store or UTF-8 cannot
 * express; an entry is hashed as it is stored, so it is brought within the limits first. Instants are kept to the microsecond.
 */
public final class AuditTexts {

    /** Most characters of actor, address, action and outcome. */
    public static final int SHORT = 253;
    /** Most characters of target and detail. */
    public static final int LONG = 2000;
    /** Most characters of a correlation id. */
    public static final int CORRELATION = 1000;
    /** Most characters of digests and ids. */
    public static final int DIGEST = 64;

    private static final char REPLACEMENT = '\ufffd';

    private AuditTexts() {}

    /** The same within the limits; what cannot be stored is replaced. */
    public static AuditRecord within(AuditRecord content) {
        return new AuditRecord(
                content.at().truncatedTo(ChronoUnit.MICROS),
                cut(content.principal(), SHORT),
                cut(content.sourceAddress(), SHORT),
                cut(content.action(), SHORT),
                cut(content.target(), LONG),
                cut(content.outcome(), SHORT),
                cut(content.correlationId(), CORRELATION),
                cut(content.before(), DIGEST),
                cut(content.after(), DIGEST),
                cut(content.detail(), LONG),
                cut(content.decision(), DIGEST),
                cut(content.request(), DIGEST));
    }

    private static String cut(String text, int most) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length() && kept.length() < most; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                if (kept.length() + 2 > most) {
                    break;
                }
                kept.append(c).append(text.charAt(++i));
            } else {
                kept.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return kept.toString();
    }
}
