// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Description of the resources of one kind.
 *
 * @param name a lower-case word, unique in the server
 * @param scope what they belong to
 * @param documentVersion version of their documents, 1 or more: it rises when documents of before do not mean the same any more
 * @param schema JSON Schema (draft 2020-12) that desired documents satisfy, as JSON text
 * @param fields JSON pointers (RFC 6901) of members of desired documents by whose text, number or flag resources can be chosen
 */
public record ResourceKind(String name, Scope scope, int documentVersion, String schema, Set<String> fields) {

    /** Owners of resources. */
    public enum Scope {
        /** a project: names are unique within it */
        PROJECT,
        /** the whole server */
        SERVER
    }

    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");
    private static final int MOST_POINTER_CHARACTERS = 200;

    /** @throws IllegalArgumentException when the name is no such word, the version is less than 1, or a field is no such pointer */
    public ResourceKind {
        if (!ResourceRef.KINDS.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a kind, expected lower-case letters, digits and -".formatted(name));
        }
        fields = Set.copyOf(fields);
        for (String field : fields) {
            if (!POINTER.matcher(field).matches() || field.length() > MOST_POINTER_CHARACTERS) {
                throw new IllegalArgumentException(
                        "'%s' is no JSON pointer of up to %d characters, a field of kind %s is one"
                                .formatted(field, MOST_POINTER_CHARACTERS, name));
            }
        }
        if (documentVersion < 1) {
            throw new IllegalArgumentException("The version of the documents of kind %s is %d, expected 1 or more"
                    .formatted(name, documentVersion));
        }
    }
}
