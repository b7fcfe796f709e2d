// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.profile.DocumentRule.MembersRule;
import eu.nephele.smo.access.cli.profile.DocumentRule.NumberRule;
import eu.nephele.smo.access.cli.profile.DocumentRule.TextRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a server takes as the desired document of a profile: the same as service-profile.schema.json of core/profiles says, which this
 * program does not have. A test compares them.
 */
final class ProfileRules {

    private static final double MOST_COEFFICIENT = 1e9;

    /** Largest integer that every reader of JSON keeps exact. */
    private static final double MOST_SEQUENCE = (1L << 53) - 1;

    private static final double UNBOUNDED = Double.MAX_VALUE;

    private static final DocumentRule ALPHA = NumberRule.above(0, MOST_COEFFICIENT);
    private static final DocumentRule BETA = NumberRule.within(-MOST_COEFFICIENT, MOST_COEFFICIENT);
    private static final Set<String> LINE = Set.of("alpha", "beta");

    private static final DocumentRule QUALITY = new MembersRule(
            Set.of(),
            Map.of(
                    "observations", NumberRule.integer(0, UNBOUNDED),
                    "minReplicas", NumberRule.integer(1, UNBOUNDED),
                    "maxReplicas", NumberRule.integer(1, UNBOUNDED),
                    "spread", NumberRule.within(0, UNBOUNDED),
                    "capacityError", NumberRule.within(0, UNBOUNDED),
                    "explained", NumberRule.within(0, 1)));

    private static final DocumentRule PROFILE = new MembersRule(
            LINE,
            Map.of(
                    "alpha",
                    ALPHA,
                    "beta",
                    BETA,
                    "careful",
                    new MembersRule(LINE, Map.of("alpha", ALPHA, "beta", BETA)),
                    "origin",
                    new TextRule(0, 1000),
                    "sequence",
                    NumberRule.integer(0, MOST_SEQUENCE),
                    "at",
                    new TextRule(0, 40),
                    "quality",
                    QUALITY));

    private static final DocumentRule DESIRED = new MembersRule(
            Set.of("artifact"),
            Map.of(
                    "artifact", new TextRule(1, 1000),
                    "version", new TextRule(0, 255),
                    "applied", PROFILE,
                    "proposal", PROFILE,
                    "rejected", PROFILE));

    private ProfileRules() {}

    /** Returns a line for each reason for which a server would refuse the document. */
    static List<String> mistakes(JsonNode desired) {
        List<String> mistakes = new ArrayList<>();
        DESIRED.check("", desired, mistakes);
        return mistakes;
    }
}
