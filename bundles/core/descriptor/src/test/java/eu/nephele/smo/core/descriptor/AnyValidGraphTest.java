// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Link;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever valid graph is sent, in either format: it is read, restored as the same, and nothing is lost or made up. */
class AnyValidGraphTest {

    private static final Reading READING = Reading.usual();

    @Property(tries = 200)
    void isReadTheSameInBothFormatsAndRestoredAsItWas(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int services) {
        JsonObject descriptor = descriptor(new Random(seed), services);
        String body = object("hdaGraph", descriptor).toJson();

        Graph json = READING.inline(body, Format.JSON).graph();
        Graph yaml = READING.inline(body, Format.YAML).graph();

        assertThat(json.descriptor().canonical()).isEqualTo(descriptor.canonical());
        assertThat(yaml.descriptor().canonical()).isEqualTo(descriptor.canonical());
        assertThat(READING.reader().restore("demo", json.descriptor())).isEqualTo(json);
        assertThat(json.services()).extracting(ServiceSpec::id).containsExactlyElementsOf(ids(services));
        assertThat(json.links()).extracting(Link::to).isSubsetOf(ids(services));
        assertThat(json.links()).isEqualTo(yaml.links());
    }

    private static JsonObject descriptor(Random random, int count) {
        List<JsonValue> services = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            services.add(service(random, i, count));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("id", text("g" + random.nextInt(1_000)));
        members.put("description", text(anyText(random)));
        if (random.nextBoolean()) {
            members.put("hdaGraphIntent", object("useStaticPlacement", new JsonBoolean(random.nextBoolean())));
        }
        members.put("services", new JsonArray(services));
        return new JsonObject(members);
    }

    private static JsonObject service(Random random, int index, int count) {
        List<String> others = new ArrayList<>(ids(count));
        others.remove(index);
        List<String> called =
                others.stream().filter(id -> random.nextInt(3) == 0).toList();
        // only services before this one: no cycle
        List<String> earlier =
                ids(index).stream().filter(id -> random.nextInt(3) == 0).toList();
        JsonObject intent = object(
                        "compute",
                        object(
                                "cpu",
                                text(List.of("light", "small", "medium", "large")
                                        .get(random.nextInt(4)))))
                .with("connectionPoints", JsonArray.ofStrings(called))
                .with(
                        "antiAffinity",
                        JsonArray.ofStrings(others.stream().limit(1).toList()));
        JsonObject trigger = random.nextInt(4) == 0
                ? object("event", object("events", new JsonArray(List.of(event(random)))))
                : object("auto", object("dependencies", JsonArray.ofStrings(earlier)));
        JsonObject artifact = object(
                        "ociImage", text("oci://registry.example:5000/p/s" + index + ":1." + random.nextInt(9)))
                .with("ociConfig", object("type", text("App")).with("implementer", text("HELM")))
                .with("valuesOverwrite", object(anyText(random), anyValue(random, 3)));
        return object("id", text("s" + index))
                .with("deployment", object("trigger", trigger).with("intent", intent))
                .with("artifact", artifact);
    }

    private static JsonObject event(Random random) {
        JsonObject condition = object("promQuery", text("up == " + random.nextInt(2)))
                .with("gracePeriod", text(random.nextInt(1, 60) + "m"))
                .with("description", text(anyText(random)));
        return object("id", text("event-" + random.nextInt(9))).with("condition", condition);
    }

    private static JsonValue anyValue(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> text(anyText(random));
            case 1 -> JsonNumber.of(random.nextLong());
            case 2 -> new JsonBoolean(random.nextBoolean());
            case 3 -> new JsonValue.JsonNull();
            case 4 -> new JsonArray(List.of(anyValue(random, depth - 1), anyValue(random, depth - 1)));
            default -> object(anyText(random), anyValue(random, depth - 1));
        };
    }

    /** Texts that formats like to take for something else. */
    private static String anyText(Random random) {
        List<String> texts = List.of(
                "", "true", "no", "1.0", "012", "~", "a: b", "- x", "*y", "&z", "!t", "# c", "\"q\"", "'", "\\", "\t",
                "\n", "{}", "ü€😀", "<<", "null");
        return texts.get(random.nextInt(texts.size()));
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "s" + i).toList();
    }

    private static JsonObject object(String name, JsonValue value) {
        return new JsonObject(Map.of(name, value));
    }

    private static JsonString text(String value) {
        return new JsonString(value);
    }
}
