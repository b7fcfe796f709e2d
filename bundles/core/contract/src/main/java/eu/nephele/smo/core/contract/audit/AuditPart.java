// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A part of an export. */
public final class AuditPart {

    private final byte[] lines;
    private final long last;
    private final boolean more;

    /**
     * @param lines in UTF-8, each with its end
     * @param last sequence of its last entry
     * @param more whether another part follows
     */
    public AuditPart(byte[] lines, long last, boolean more) {
        this.lines = lines.clone();
        this.last = last;
        this.more = more;
    }

    /** Lines of {@link AuditLines}, each with its end. */
    public InputStream lines() {
        return new ByteArrayInputStream(lines);
    }

    /** Sequence of its last entry. */
    public long last() {
        return last;
    }

    /** Whether another part follows. */
    public boolean more() {
        return more;
    }
}
