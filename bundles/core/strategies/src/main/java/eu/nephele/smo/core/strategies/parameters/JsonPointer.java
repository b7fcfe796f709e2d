// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.parameters;

/** JSON pointers (RFC 6901). */
public final class JsonPointer {
    private JsonPointer() {}

    /** The pointer of a member or item below {@code parent}; the name is escaped. */
    public static String child(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    static String child(String parent, int index) {
        return parent + "/" + index;
    }
}
