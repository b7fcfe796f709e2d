// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.pools.containers.check.FileSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page for operators has exactly the keys of the schema, with its defaults, and its example is a file. */
class FilePageTest {

    private static final Path PAGE = Path.of("../../../docs/operate/containers-file.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z_.\\[\\]]+)`( \\(ours\\))? \\| [^|]* \\| ([^|]*) \\|", Pattern.MULTILINE);
    /** Keys whose members have a table of their own, or are in one row. */
    private static final Set<String> WITHOUT_LEAVES = Set.of("business_hours", "scaling", "placement");

    private final JsonNode schema;
    private final String page;

    FilePageTest() throws IOException {
        schema = new ObjectMapper().readTree(FileSchema.text());
        page = Files.readString(PAGE);
    }

    @Test
    void theTablesHaveTheKeysOfTheSchemaWithTheirDefaults() {
        Map<String, String> keys = new TreeMap<>();
        schema.path("properties").properties().forEach(part -> {
            String name = part.getKey();
            if (name.equals("servers")) {
                collect(keys, "servers[].", target(part.getValue().path("items")));
            } else if (name.equals("services")) {
                collect(keys, "", target(part.getValue().path("additionalProperties")));
            } else {
                collect(keys, name + ".", target(part.getValue()));
            }
        });
        collect(keys, "", schema.at("/$defs/window"));

        Map<String, String> rows = new TreeMap<>();
        ROW.matcher(page)
                .results()
                .forEach(row -> rows.put(row.group(1), row.group(3).replace("`", "")));
        assertThat(rows.keySet()).isEqualTo(new TreeSet<>(keys.keySet()));
        keys.forEach((key, expected) -> {
            if (!expected.isEmpty()) {
                assertThat(rows.get(key)).as(key).isEqualTo(expected);
            }
        });
    }

    private void collect(Map<String, String> keys, String before, JsonNode object) {
        Set<String> required = new TreeSet<>();
        object.path("required").forEach(key -> required.add(key.asText()));
        for (Map.Entry<String, JsonNode> member : object.path("properties").properties()) {
            JsonNode rule = target(member.getValue());
            boolean nested = rule.path("properties").size() > 0 && !WITHOUT_LEAVES.contains(member.getKey());
            if (nested) {
                collect(keys, before + member.getKey() + ".", rule);
            } else {
                JsonNode usual = member.getValue().path("default");
                String text =
                        required.contains(member.getKey()) ? "required" : usual.isValueNode() ? usual.asText() : "";
                keys.put(before + member.getKey(), text);
            }
        }
    }

    private JsonNode target(JsonNode rule) {
        String reference = rule.path("$ref").asText();
        return reference.isEmpty() ? rule : schema.at(reference.substring(1));
    }

    @Test
    void theExampleOfThePageIsAFile() {
        String example = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("```\n\nThe schema"));
        assertThat(Texts.READER.lint(example).findings()).isEmpty();
    }

    @Test
    void theExampleOfTheSchemaIsAFile() {
        Map<String, FileReport> reports = new LinkedHashMap<>();
        for (JsonNode example : schema.path("examples")) {
            reports.put(example.toString(), Texts.READER.lint(example.toString()));
        }
        assertThat(reports).isNotEmpty().allSatisfy((text, report) -> assertThat(report.findings())
                .isEmpty());
    }
}
