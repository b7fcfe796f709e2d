// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import eu.nephele.smo.pools.containers.file.TextOrSecret;
import eu.nephele.smo.pools.containers.source.SourceTree;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the values of variables where a plain text is needed: paths, hosts, images. Values that may be secret stay as they are, they become
 * references; so do keys that nobody knows.
 */
public final class FileVariables {

    /** Values that become references. */
    private static final Pattern REFERENCES =
            Pattern.compile("/services/[^/]+/environment|/monitoring/grafana/admin_password");

    private final Map<String, String> known;

    public FileVariables(Map<String, String> known) {
        this.known = Map.copyOf(known);
    }

    /**
     * The document with the values.
     *
     * @param findings of the document as it is written; values of variables are not told
     */
    public JsonNode in(JsonNode document, FileFindings findings) {
        JsonNode copy = document.deepCopy();
        walk(copy, "", findings);
        return copy;
    }

    private void walk(JsonNode node, String pointer, FileFindings findings) {
        if (REFERENCES.matcher(pointer).matches()) {
            return;
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                String place = SourceTree.member(pointer, member.getKey());
                if (!UnknownKeys.isUnknown(place)) {
                    member.setValue(value(member.getValue(), place, findings));
                }
            });
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, value(list.get(i), pointer + "/" + i, findings));
            }
        }
    }

    private JsonNode value(JsonNode value, String pointer, FileFindings findings) {
        if (!value.isTextual() || REFERENCES.matcher(pointer).matches()) {
            walk(value, pointer, findings);
            return value;
        }
        Matcher variable = TextOrSecret.VARIABLE.matcher(value.textValue());
        return TextNode.valueOf(variable.replaceAll(
                found -> Matcher.quoteReplacement(replacement(found, pointer, findings))));
    }

    private String replacement(MatchResult found, String pointer, FileFindings findings) {
        String name = found.group(2);
        if (!found.group(1).isEmpty()) {
            return "${" + name + "}";
        }
        if (!known.containsKey(name)) {
            findings.error(pointer, "the variable %s is set where the server runs".formatted(name));
        }
        return known.getOrDefault(name, "");
    }
}
