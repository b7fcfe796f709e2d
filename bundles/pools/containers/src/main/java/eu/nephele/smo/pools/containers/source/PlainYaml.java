// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Reads one YAML document that could as well be JSON: no anchors, aliases and tags, names that are texts, each once. Without aliases
 * nothing in it can be larger than the text.
 */
public final class PlainYaml {

    /** Longer texts are refused: also the scanner, which copies what it reads ahead, needs a limit. */
    public static final int MOST_CHARACTERS = 262_144;

    /** More objects, lists and values are refused. */
    public static final int MOST_NODES = 20_000;

    /** Deeper nesting is refused. */
    public static final int DEEPEST = 16;

    /** Longer names are refused; they are part of the pointer of all that is below them. */
    public static final int LONGEST_NAME = 256;

    private final Iterator<Event> events;
    private final Map<String, SourceMark> positions = new HashMap<>();
    private int nodes;

    private PlainYaml(Iterator<Event> events) {
        this.events = events;
    }

    /** @throws UnreadableYamlException it is not one such document, or beyond a limit */
    public static SourceTree read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new UnreadableYamlException(
                    "at most %d characters, found %d".formatted(MOST_CHARACTERS, text.length()), SourceMark.NONE);
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setProcessComments(false);
        try {
            PlainYaml reading = new PlainYaml(
                    new Yaml(options).parse(new StringReader(text)).iterator());
            return new SourceTree(reading.document(), reading.positions);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getContextMark() == null ? e.getProblemMark() : e.getContextMark();
            throw new UnreadableYamlException("YAML: " + e.getProblem(), mark == null ? SourceMark.NONE : mark(mark));
        } catch (YAMLException e) {
            // its message would quote the text around the character
            throw new UnreadableYamlException("YAML: a character that is not allowed", SourceMark.NONE);
        }
    }

    private JsonNode document() {
        JsonNode found = MissingNode.getInstance();
        while (events.hasNext()) {
            Event event = events.next();
            if (event.is(Event.ID.DocumentStart)) {
                if (!found.isMissingNode()) {
                    throw refused(event, "exactly one document; a second one begins here");
                }
                Event first = events.next();
                positions.put("", mark(first.getStartMark()));
                found = node(first, "", 1);
            }
        }
        return found;
    }

    private JsonNode node(Event event, String pointer, int depth) {
        if (++nodes > MOST_NODES) {
            throw refused(event, "at most %d objects, lists and values".formatted(MOST_NODES));
        }
        if (event instanceof CollectionStartEvent && depth > DEEPEST) {
            throw refused(event, "at most %d levels".formatted(DEEPEST));
        }
        checkPlain(event);
        return switch (event.getEventId()) {
            case MappingStart -> object(pointer, depth);
            case SequenceStart -> list(pointer, depth);
            case Scalar -> YamlWord.node((ScalarEvent) event);
            default -> throw refused(event, "a value is expected");
        };
    }

    private ObjectNode object(String pointer, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Event key = events.next(); !key.is(Event.ID.MappingEnd); key = events.next()) {
            checkPlain(key);
            if (!(key instanceof ScalarEvent scalar)
                    || scalar.getValue().isEmpty()
                    || scalar.getValue().length() > LONGEST_NAME) {
                throw refused(key, "a key is a text of 1 to %d characters".formatted(LONGEST_NAME));
            }
            String member = SourceTree.member(pointer, scalar.getValue());
            if (positions.put(member, mark(key.getStartMark())) != null) {
                throw refused(key, "each key once in an object; this one appears twice");
            }
            object.set(scalar.getValue(), node(events.next(), member, depth + 1));
        }
        return object;
    }

    private ArrayNode list(String pointer, int depth) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Event item = events.next(); !item.is(Event.ID.SequenceEnd); item = events.next()) {
            String place = pointer + "/" + list.size();
            positions.put(place, mark(item.getStartMark()));
            list.add(node(item, place, depth + 1));
        }
        return list;
    }

    private static void checkPlain(Event event) {
        if (event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null)) {
            throw refused(event, "no anchors and aliases; write the value out");
        }
        boolean tagged = (event instanceof CollectionStartEvent collection && collection.getTag() != null)
                || (event instanceof ScalarEvent scalar && scalar.getTag() != null);
        if (tagged) {
            throw refused(event, "no tags");
        }
    }

    private static UnreadableYamlException refused(Event event, String rule) {
        return new UnreadableYamlException(rule, mark(event.getStartMark()));
    }

    private static SourceMark mark(Mark mark) {
        return new SourceMark(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
