// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A document and the places of its nodes.
 *
 * @param root the document, missing when the text is empty
 * @param positions by JSON pointer; of a member that of its name
 */
public record SourceTree(JsonNode root, Map<String, SourceMark> positions) {

    public SourceTree {
        positions = Map.copyOf(positions);
    }

    /** The place of a node; of one that is not there that of the nearest one above it. */
    public SourceMark mark(String pointer) {
        String there = pointer;
        while (!positions.containsKey(there) && !there.isEmpty()) {
            there = there.substring(0, there.lastIndexOf('/'));
        }
        return positions.getOrDefault(there, SourceMark.NONE);
    }

    /** The pointer of a member of what is at a pointer. */
    public static String member(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The name of the last member or item of a pointer; empty for the whole document. */
    public static String key(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    }
}
