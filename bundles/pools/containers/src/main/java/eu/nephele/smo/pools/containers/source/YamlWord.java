// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The value of a YAML scalar. {@code yes} and {@code on} are booleans, as YAML 1.1 has it; {@code 17:00} is a text and no number to the
 * base 60, and {@code 0644} and {@code 0x1F} are texts: nobody means 420 with it.
 */
final class YamlWord {

    private static final Set<String> TRUE = Set.of("true", "yes", "on");
    private static final Resolver RESOLVER = new Resolver();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String WHOLE = "[-+]?(0|[1-9][0-9]{0,17})";
    private static final String DECIMAL = "[-+]?[0-9]{1,15}\\.[0-9]{0,15}";

    /** Nothing longer is true, false or null; the patterns of numbers do not see texts of any length. */
    private static final int LONGEST_WORD = 8;

    private YamlWord() {}

    static JsonNode node(ScalarEvent event) {
        String text = event.getValue();
        if (!event.isPlain()) {
            return NODES.textNode(text);
        }
        if (text.matches(WHOLE)) {
            return NODES.numberNode(Long.parseLong(text));
        }
        if (text.matches(DECIMAL)) {
            return NODES.numberNode(Double.parseDouble(text));
        }
        if (text.length() > LONGEST_WORD) {
            return NODES.textNode(text);
        }
        Tag tag = RESOLVER.resolve(NodeId.scalar, text, true);
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        return tag.equals(Tag.BOOL)
                ? NODES.booleanNode(TRUE.contains(text.toLowerCase(Locale.ROOT)))
                : NODES.textNode(text);
    }
}
