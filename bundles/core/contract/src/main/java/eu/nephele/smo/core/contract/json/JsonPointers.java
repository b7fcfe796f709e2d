// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

/** JSON pointers (RFC 6901). */
public final class JsonPointers {
    private JsonPointers() {}

    /** Returns the pointer of a member below {@code parent}; the name is escaped. */
    public static String child(String parent, String name) {
        return parent + "/" + escaped(name);
    }

    /** Returns the pointer of an item below {@code parent}. */
    public static String child(String parent, int index) {
        return parent + "/" + index;
    }

    /** Returns the name of a member as a token of a pointer. */
    public static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
