// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.syntax;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.core.contract.json.NumberLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The value of a YAML scalar by the rules of YAML 1.1, which descriptors and chart values in the field are written for:
 * {@code True}, {@code yes} and {@code on} are booleans, {@code 012} is octal. Two traps are left out: numbers to the
 * base 60 ({@code 12:30}) and dates stay text.
 */
final class YamlScalar {

    private static final Set<String> TRUE = Set.of("true", "yes", "on");
    private static final Resolver RESOLVER = new Resolver();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Longer ones stay text: no user means such a number, and parsing costs time. */
    private static final int LONGEST_NUMBER = NumberLimits.MAX_CHARACTERS;

    private YamlScalar() {}

    /** Returns whether a number with a point or an exponent is meant, of which the exponent can be anything. */
    static boolean isDecimal(ScalarEvent event) {
        String text = event.getValue();
        return event.isPlain()
                && text.length() <= LONGEST_NUMBER
                && text.indexOf(':') < 0
                && RESOLVER.resolve(NodeId.scalar, text, true).equals(Tag.FLOAT)
                && !text.toLowerCase(Locale.ROOT).matches(".*\\.(inf|nan)");
    }

    /** @return empty when JSON cannot express the value */
    static Optional<JsonNode> node(ScalarEvent event) {
        String text = event.getValue();
        if (!event.isPlain() || text.length() > LONGEST_NUMBER) {
            return Optional.of(NODES.textNode(text));
        }
        Tag tag = RESOLVER.resolve(NodeId.scalar, text, true);
        if (tag.equals(Tag.NULL)) {
            return Optional.of(NODES.nullNode());
        } else if (tag.equals(Tag.BOOL)) {
            return Optional.of(NODES.booleanNode(TRUE.contains(text.toLowerCase(Locale.ROOT))));
        } else if (text.indexOf(':') < 0 && tag.equals(Tag.INT)) {
            return Optional.of(NODES.numberNode(integer(text.replace("_", ""))));
        } else if (text.indexOf(':') < 0 && tag.equals(Tag.FLOAT)) {
            return decimal(text.replace("_", ""));
        }
        return Optional.of(NODES.textNode(text));
    }

    private static BigInteger integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        BigInteger value;
        if (digits.startsWith("0x")) {
            value = new BigInteger(digits.substring(2), 16);
        } else if (digits.startsWith("0b")) {
            value = new BigInteger(digits.substring(2), 2);
        } else if (digits.startsWith("0") && digits.length() > 1) {
            value = new BigInteger(digits.substring(1), 8);
        } else {
            value = new BigInteger(digits);
        }
        return negative ? value.negate() : value;
    }

    private static Optional<JsonNode> decimal(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".inf") || lower.endsWith(".nan")) {
            return Optional.empty();
        }
        return Optional.of(NODES.numberNode(new BigDecimal(text)));
    }
}
