// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.syntax;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import org.yaml.snakeyaml.events.Event;

/**
 * Bounds how far the YAML scanner reads ahead of its last event. It copies everything that it has read ahead with each
 * further 1,024 characters, so a single text of 4 MB would allocate 30 GB.
 */
final class BoundedLookAheadReader extends FilterReader {

    /** The scanner reads pieces of this size, and up to a piece more to distinguish a key from a value. */
    private static final int PIECES = 4 * 1024;

    private final BodyLimits limits;
    private long given;
    private long told;

    BoundedLookAheadReader(Reader text, BodyLimits limits) {
        super(text);
        this.limits = limits;
    }

    /** Everything up to the end of this event has been delivered. */
    void report(Event event) {
        if (event.getEndMark() != null) {
            told = Math.max(told, event.getEndMark().getIndex());
        }
    }

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} */
    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (given - told > limits.textCharacters() + PIECES) {
            throw ParseErrors.unreadable("after character %d, one text, comment or gap has more than %d characters"
                    .formatted(told, limits.textCharacters()));
        }
        int count = super.read(target, offset, length);
        given += Math.max(0, count);
        return count;
    }
}
