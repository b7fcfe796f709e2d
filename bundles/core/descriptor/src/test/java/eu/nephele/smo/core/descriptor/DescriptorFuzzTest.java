// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.SmoException.Kind;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource.Inline;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.lab.testkit.fuzz.FuzzTarget;
import eu.nephele.smo.lab.testkit.fuzz.HostileBytes;
import eu.nephele.smo.lab.testkit.fuzz.JsonEdit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Whatever is sent as a descriptor is a graph, which can be stored and restored, or a refusal that says where it is wrong. */
class DescriptorFuzzTest {

    private static final Reading READING = Reading.usual();
    private static final Map<String, byte[]> YAML = samples(".yaml");
    private static final Map<String, byte[]> JSON = samples(".json");

    private static Map<String, byte[]> samples(String ending) {
        Map<String, byte[]> samples = new TreeMap<>();
        for (Path folder : List.of(
                Path.of("src/test/resources/hdag"),
                Path.of("../../../examples/graphs"),
                Path.of("../../../../shared/data/hdag"))) {
            if (Files.isDirectory(folder)) {
                samples.putAll(files(folder, ending));
            }
        }
        return samples;
    }

    private static Map<String, byte[]> files(Path folder, String ending) {
        Map<String, byte[]> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(ending))::iterator) {
                found.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Provide
    static Arbitrary<HostileBytes> yaml() {
        return HostileBytes.edited(YAML);
    }

    @Provide
    static Arbitrary<HostileBytes> json() {
        return HostileBytes.edited(JSON);
    }

    @Provide
    static Arbitrary<JsonValue> trees() {
        return JsonEdit.edited(JSON.values().stream()
                .flatMap(text -> parsed(new String(text, StandardCharsets.UTF_8)))
                .toList());
    }

    private static Stream<JsonValue> parsed(String text) {
        try {
            return Stream.of(StrictJson.parse(text));
        } catch (IllegalArgumentException broken) {
            return Stream.empty();
        }
    }

    @FuzzTarget
    void descriptorsInYaml(@ForAll("yaml") HostileBytes body) {
        graphOrPlaces(body.bytes(), Format.YAML);
    }

    @FuzzTarget
    void descriptorsInJson(@ForAll("json") HostileBytes body) {
        graphOrPlaces(body.bytes(), Format.JSON);
    }

    /** Good syntax and wrong values: what is behind the parser. */
    @FuzzTarget
    void valuesOfDescriptors(@ForAll("trees") JsonValue body) {
        byte[] text = body.toJson().getBytes(StandardCharsets.UTF_8);
        graphOrPlaces(text, Format.JSON);
        graphOrPlaces(text, Format.YAML);
    }

    private static void graphOrPlaces(byte[] body, Format format) {
        DescriptorSource read;
        try {
            read = READING.reader().read("demo", body, format);
        } catch (SmoException refusal) {
            assertThat(refusal.kind()).isIn(Kind.INVALID, Kind.TOO_LARGE);
            if (refusal.kind() == Kind.INVALID) {
                assertThat(refusal.violations()).isNotEmpty().allSatisfy(violation -> {
                    assertThat(violation.pointer()).matches("(?s)|/.*");
                    assertThat(violation.message()).isNotBlank().hasSizeLessThan(5_000);
                });
            }
            return;
        }
        if (read instanceof Inline inline) {
            JsonValue stored = inline.graph().descriptor();
            assertThat(READING.reader().restore("demo", StrictJson.parseObject(stored.toJson())))
                    .isEqualTo(inline.graph());
        }
    }
}
