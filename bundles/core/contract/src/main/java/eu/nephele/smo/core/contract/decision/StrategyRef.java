// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

/**
 * A strategy version.
 *
 * @param kind {@code placement}, {@code scaling}; where other services are meant as well {@code objective}, {@code intent}
 */
public record StrategyRef(String kind, String id, String version) {

    public static final String PLACEMENT = "placement";
    public static final String SCALING = "scaling";

    /** Id in decisions where a person has set the replicas, and no strategy was asked. */
    public static final String PERSON = "person";
}
