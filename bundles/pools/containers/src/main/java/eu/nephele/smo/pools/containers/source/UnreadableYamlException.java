// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.source;

import java.io.Serial;

/** A text that is not one plain YAML document; the message is the rule that it breaks and has nothing of the text. */
public final class UnreadableYamlException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient SourceMark mark;

    UnreadableYamlException(String rule, SourceMark mark) {
        super(rule);
        this.mark = mark;
    }

    /** Returns the rule that is broken. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public SourceMark mark() {
        return mark;
    }
}
