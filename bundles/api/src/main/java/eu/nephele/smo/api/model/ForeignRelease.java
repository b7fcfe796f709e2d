// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.List;
import java.util.Optional;

/**
 * A release that somebody else made under the name that a service needs, and what taking it over would change.
 *
 * @param place where it is, for people: a cluster, or several that share it
 * @param fingerprint changes whenever the release does; taking over needs it, so that nothing else is taken than what was shown
 * @param maker who made it, as far as it says: chart, revision, state, description
 * @param differences what is there and what is wanted instead, the first hundred
 * @param omitted how many differences there are beyond those
 */
public record ForeignRelease(
        String place, String fingerprint, String maker, List<Difference> differences, int omitted) {

    public ForeignRelease {
        differences = List.copyOf(differences);
    }

    /**
     * One difference.
     *
     * @param subject {@code chart}, {@code values}, or an object of the release, {@code Kind/name}
     * @param pointer JSON Pointer into the subject, "" for the whole
     * @param present what is there; empty where nothing is. A secret is not shown
     * @param wanted what would be there; empty where nothing would be. A secret is not shown
     */
    public record Difference(String subject, String pointer, Optional<JsonValue> present, Optional<JsonValue> wanted) {}
}
