// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a value of a document may be. */
interface DocumentRule {

    /**
     * Adds a line for each mistake.
     *
     * @param place names of members down to the value, with slashes; "" for the document
     */
    void check(String place, JsonNode value, List<String> mistakes);

    /** A text of so many characters. */
    record TextRule(int least, int most) implements DocumentRule {

        @Override
        public void check(String place, JsonNode value, List<String> mistakes) {
            int characters = value.isTextual()
                    ? value.asText().codePointCount(0, value.asText().length())
                    : -1;
            if (characters < least || characters > most) {
                mistakes.add("%s has to be a text of %d to %d characters".formatted(place, least, most));
            }
        }
    }

    /**
     * A number within bounds that are allowed themselves.
     *
     * @param whole whether it is an integer; 3.0 is one
     */
    record NumberRule(double least, double most, boolean whole) implements DocumentRule {

        /** A server reads no longer ones. */
        private static final int MOST_CHARACTERS = 100;

        /** A server reads no exponents below -308. */
        private static final double LEAST_MAGNITUDE = 1e-308;

        static NumberRule within(double least, double most) {
            return new NumberRule(least, most, false);
        }

        static NumberRule above(double bound, double most) {
            return new NumberRule(Math.nextUp(bound), most, false);
        }

        static NumberRule integer(double least, double most) {
            return new NumberRule(least, most, true);
        }

        @Override
        public void check(String place, JsonNode value, List<String> mistakes) {
            if (!value.isNumber() || !fits(value)) {
                mistakes.add("%s has to be %s, not %s"
                        .formatted(place, expected(), value.isNumber() ? value.asText() : "another value"));
            }
        }

        private boolean fits(JsonNode number) {
            double value = number.asDouble();
            if (!Double.isFinite(value) || number.asText().length() > MOST_CHARACTERS) {
                return false;
            }
            // exact: a double may be next to an integer that is beyond the bound
            BigDecimal exact = number.decimalValue();
            boolean within =
                    exact.compareTo(BigDecimal.valueOf(least)) >= 0 && exact.compareTo(BigDecimal.valueOf(most)) <= 0;
            boolean readable = value == 0 || Math.abs(value) >= LEAST_MAGNITUDE;
            return within && readable && (!whole || exact.stripTrailingZeros().scale() <= 0);
        }

        private String expected() {
            String kind = whole ? "an integer" : "a number";
            String from = least == Double.MIN_VALUE ? "above 0" : "of at least " + plain(least);
            return most == Double.MAX_VALUE
                    ? "%s %s".formatted(kind, from)
                    : "%s %s and at most %s".formatted(kind, from, plain(most));
        }

        private static String plain(double bound) {
            return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
        }
    }

    /**
     * An object with known members only.
     *
     * @param required names of those that must not be missing
     */
    record MembersRule(Set<String> required, Map<String, DocumentRule> members) implements DocumentRule {

        public MembersRule {
            required = Set.copyOf(required);
            members = Map.copyOf(members);
        }

        @Override
        public void check(String place, JsonNode value, List<String> mistakes) {
            if (!value.isObject()) {
                mistakes.add("%s has to be an object".formatted(place.isEmpty() ? "it" : place));
                return;
            }
            for (String name : new TreeSet<>(required)) {
                if (!value.has(name)) {
                    mistakes.add("%s is missing".formatted(below(place, name)));
                }
            }
            value.properties().forEach(member -> {
                String name = below(place, member.getKey());
                DocumentRule rule = members.get(member.getKey());
                if (rule == null) {
                    mistakes.add("%s is not known here; known are %s"
                            .formatted(name, String.join(", ", new TreeSet<>(members.keySet()))));
                } else {
                    rule.check(name, member.getValue(), mistakes);
                }
            });
        }

        private static String below(String place, String name) {
            return place.isEmpty() ? name : place + "/" + name;
        }
    }
}
