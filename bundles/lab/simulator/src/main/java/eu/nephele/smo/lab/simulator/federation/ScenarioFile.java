// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.federation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.reading.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads scenarios from YAML (JSON included); their format is described by {@code scenario.schema.json} beside the examples. */
public final class ScenarioFile {

    private static final String BUILT_IN = "/scenarios/brussels.yaml";

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ScenarioFile() {}

    /** @throws ScenarioException when the file cannot be read or is not a valid scenario; the message names file and place */
    public static Scenario read(Path file) {
        try {
            return parse(Files.readString(file), file.getFileName() + "");
        } catch (IOException e) {
            throw new ScenarioException("Scenario file %s cannot be read: %s".formatted(file, e), e);
        }
    }

    /** The scenario of the demo, which is built into this library. */
    public static Scenario builtIn() {
        try (InputStream in = Optional.ofNullable(ScenarioFile.class.getResourceAsStream(BUILT_IN))
                .orElseThrow(() -> new ScenarioException("The built-in scenario is missing in this build"))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "brussels.yaml");
        } catch (IOException e) {
            throw new ScenarioException("The built-in scenario cannot be read: " + e, e);
        }
    }

    /**
     * @param source origin of the text, for messages
     * @throws ScenarioException when it is not a valid scenario; the message names source and place
     */
    public static Scenario parse(String yaml, String source) {
        try {
            return ScenarioReader.read(YAML.readTree(yaml), source);
        } catch (JsonProcessingException e) {
            throw new ScenarioException(
                    "%s: not readable as YAML: %s, %s"
                            .formatted(
                                    source,
                                    e.getOriginalMessage(),
                                    Optional.ofNullable(e.getLocation())
                                            .map(at -> "line " + at.getLineNr())
                                            .orElse("line unknown")),
                    e);
        }
    }
}
