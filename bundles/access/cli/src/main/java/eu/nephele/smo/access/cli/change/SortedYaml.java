// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.view.YamlText;
import java.util.List;
import java.util.TreeMap;

/** Documents as lines that can be compared: members in the order of their names. */
final class SortedYaml {

    private SortedYaml() {}

    static List<String> lines(JsonNode document) {
        return document.isMissingNode()
                ? List.of()
                : YamlText.write(sorted(document)).lines().toList();
    }

    private static JsonNode sorted(JsonNode value) {
        if (value.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            value.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            members.forEach(object::set);
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> array.add(sorted(item)));
            return array;
        }
        return value;
    }
}
