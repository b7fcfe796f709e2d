// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parsed path of an API server.
 *
 * @param collection group, version and plural, for example {@code apis/apps/v1/deployments}
 * @param namespace "" for all, or where the kind has none
 * @param name "" for the whole collection
 * @param subresource {@code status}, {@code scale}; "" for the object itself
 */
record ObjectPath(String collection, String namespace, String name, String subresource) {

    private static final String NAMESPACES = "namespaces";
    private static final List<String> OF_NAMESPACES = List.of("status", "finalize");

    /** Empty where no objects are. */
    static Optional<ObjectPath> parse(String path) {
        List<String> parts = new ArrayList<>(List.of(path.replaceFirst("^/", "").split("/", -1)));
        int head = parts.get(0).equals("api") ? 2 : parts.get(0).equals("apis") ? 3 : 0;
        if (head == 0 || parts.size() <= head) {
            return Optional.empty();
        }
        String group = String.join("/", parts.subList(0, head));
        List<String> rest = parts.subList(head, parts.size());
        boolean inside = rest.size() > 2 && rest.get(0).equals(NAMESPACES) && !OF_NAMESPACES.contains(rest.get(2));
        String namespace = inside ? rest.get(1) : "";
        List<String> own = inside ? rest.subList(2, rest.size()) : rest;
        return Optional.of(new ObjectPath(
                group + "/" + own.get(0),
                namespace,
                own.size() > 1 ? own.get(1) : "",
                own.size() > 2 ? own.get(2) : ""));
    }

    boolean isCollection() {
        return name.isEmpty();
    }

    /** The namespace that objects of this path require; empty for those without. */
    Optional<ObjectPath> home() {
        return namespace.isEmpty()
                ? Optional.empty()
                : Optional.of(new ObjectPath("api/v1/" + NAMESPACES, "", namespace, ""));
    }

    ObjectPath named(String other) {
        return new ObjectPath(collection, namespace, other, "");
    }

    String plural() {
        return collection.substring(collection.lastIndexOf('/') + 1);
    }
}
