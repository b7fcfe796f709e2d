// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The YAML of the OpenAPI document. It is read strictly: one document, each member once, no anchors, aliases or tags.
 * It is written so that readers of YAML 1.1 and 1.2 see the same: a text that could be read as a number, a date or a
 * boolean is quoted.
 */
final class ContractYaml {

    static final int MAX_DEPTH = 50;

    private final YAMLMapper mapper = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .stringQuotingChecker(new Quotes())
            .build());

    /** A value that begins with a letter is a text to every reader, except for the words that the library knows. */
    private static final class Quotes extends StringQuotingChecker.Default {

        private static final long serialVersionUID = 1L;

        private static final Pattern WORD = Pattern.compile("(?s)[A-Za-z#/$(`].*");
        private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

        @Override
        public boolean needToQuoteName(String name) {
            return !WORD.matcher(name).matches() || super.needToQuoteName(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return !VERSION.matcher(value).matches()
                    && (!WORD.matcher(value).matches() || super.needToQuoteValue(value));
        }
    }

    /** @throws UnfitPart when it is not such YAML, or not an object */
    ObjectNode read(String text) throws UnfitPart {
        try {
            checkPlain(text);
            JsonNode tree = mapper.readTree(text);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new UnfitPart("it is not a YAML object");
        } catch (JsonProcessingException noYaml) {
            throw new UnfitPart(
                    "it is not valid YAML: %s, line %d"
                            .formatted(
                                    noYaml.getOriginalMessage()
                                            .lines()
                                            .findFirst()
                                            .orElse(""),
                                    noYaml.getLocation() == null
                                            ? 0
                                            : noYaml.getLocation().getLineNr()),
                    noYaml);
        } catch (IOException unreadable) {
            throw new UnfitPart("it cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private void checkPlain(String text) throws IOException, UnfitPart {
        try (YAMLParser parser = mapper.getFactory().createParser(text)) {
            int depth = 0;
            boolean ended = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String line =
                        ", line %d".formatted(parser.currentTokenLocation().getLineNr());
                if (ended) {
                    throw new UnfitPart("it has several documents" + line);
                } else if (parser.isCurrentAlias() || parser.getObjectId() != null) {
                    throw new UnfitPart("it has anchors or aliases" + line);
                } else if (parser.getTypeId() != null) {
                    throw new UnfitPart("it has tags of YAML" + line);
                } else if (token == JsonToken.VALUE_NUMBER_FLOAT && !Double.isFinite(parser.getDoubleValue())) {
                    throw new UnfitPart("it has a number that is too large" + line);
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                ended = depth == 0;
            }
        }
    }

    String write(ObjectNode document) {
        try {
            return mapper.writeValueAsString(document);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("The OpenAPI document cannot be written", bug);
        }
    }
}
