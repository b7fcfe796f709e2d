// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.source;

/**
 * A place in a text.
 *
 * @param line 1 for the first; 0 when there is no such place
 * @param column 1 for the first
 */
public record SourceMark(int line, int column) {

    /** Of what concerns the whole text. */
    public static final SourceMark NONE = new SourceMark(0, 0);

    @Override
    public String toString() {
        return "line %d, column %d".formatted(line, column);
    }
}
