// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.check;

import eu.nephele.smo.pools.containers.source.SourceMark;

/**
 * Something about a file.
 *
 * @param pointer JSON pointer (RFC 6901) of the value, "" for the whole file
 * @param mark where it is in the text; of a key that is missing, that of what should have it
 * @param key the last name of the pointer, or the name of the key that is missing or unknown
 * @param value what stands there, shortened; empty where nothing does, or it may be a secret
 * @param rule what is expected
 */
public record FileFinding(Severity severity, String pointer, SourceMark mark, String key, String value, String rule) {

    /** Whether the file can be used. */
    public enum Severity {
        /** it cannot */
        ERROR,
        /** it can, and may mean something else than intended */
        WARNING
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The finding in one line, without its pointer. */
    public String message() {
        String found = value.isEmpty() ? "" : " = " + value;
        String where = mark.equals(SourceMark.NONE) ? "" : mark + ": ";
        return where + (key.isEmpty() ? "" : "`%s`%s: ".formatted(key, found)) + rule;
    }
}
