// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.util.Set;

/**
 * What resources of one kind look like.
 *
 * @param name a lower-case word, unique in the server
 * @param scope what they belong to
 * @param documentVersion version of their documents, 1 or more: it rises when documents of before do not mean the same any more
 * @param schema JSON Schema (draft 2020-12) that desired documents satisfy, as JSON text
 * @param fields JSON pointers (RFC 6901) of members of desired documents by whose text, number or flag resources can be chosen
 */
public record ResourceKind(String name, Scope scope, int documentVersion, String schema, Set<String> fields) {

    /** What resources belong to. */
    public enum Scope {
        /** a project: names are unique within it */
        PROJECT,
        /** the whole server */
        SERVER
    }

    /** @throws IllegalArgumentException when the name is no such word, or the version is less than 1 */
    public ResourceKind {
        if (!ResourceRef.KINDS.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a kind, expected lower-case letters, digits and -".formatted(name));
        }
        fields = Set.copyOf(fields);
        if (documentVersion < 1) {
            throw new IllegalArgumentException("The version of the documents of kind %s is %d, expected 1 or more"
                    .formatted(name, documentVersion));
        }
    }
}
