// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.syntax;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.json.JsonPointers;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
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
 * Reads one YAML document that could as well be JSON: no anchors, aliases and tags, text keys, each once. Works on
 * parser events, because the libraries' own tree builders take several of these silently.
 */
final class YamlTree {

    private final BodyLimits limits;
    private final Iterator<Event> events;
    private final SizeViolations sizeViolations;
    private final Deque<String> path = new ArrayDeque<>();
    private int nodes;

    private YamlTree(Iterator<Event> events, BodyLimits limits) {
        this.events = events;
        this.limits = limits;
        this.sizeViolations = new SizeViolations(limits);
    }

    /** @return the document, missing when there is none */
    static JsonNode read(String text, BodyLimits limits) {
        return parse(text, limits, events -> new YamlTree(events, limits).document());
    }

    /** Tells where the members and items of the document begin. */
    static void walk(String text, BodyLimits limits, SourcePositions positions) {
        parse(text, limits, events -> {
            YamlWalk walk = new YamlWalk(events, positions);
            walk.document();
            return walk;
        });
    }

    private static <T> T parse(String text, BodyLimits limits, Function<Iterator<Event>, T> work) {
        LoaderOptions options = new LoaderOptions();
        // the size is limited in bytes already; a text has no more code points than bytes
        options.setCodePointLimit(limits.bodyBytes());
        options.setProcessComments(false);
        try {
            BoundedLookAheadReader ahead = new BoundedLookAheadReader(new StringReader(text), limits);
            Iterator<Event> events = new Yaml(options).parse(ahead).iterator();
            return work.apply(new YamlProblem(events, ahead));
        } catch (MarkedYAMLException e) {
            throw unreadable(e);
        } catch (YAMLException e) {
            // a character that YAML does not allow: no mark
            throw ParseErrors.unreadable(firstLine(e));
        }
    }

    private record YamlProblem(Iterator<Event> events, BoundedLookAheadReader ahead) implements Iterator<Event> {

        @Override
        public boolean hasNext() {
            return events.hasNext();
        }

        @Override
        public Event next() {
            Event event = events.next();
            ahead.report(event);
            return event;
        }
    }

    private JsonNode document() {
        JsonNode found = MissingNode.getInstance();
        while (events.hasNext()) {
            Event event = events.next();
            if (event.is(Event.ID.DocumentStart)) {
                if (!found.isMissingNode()) {
                    throw refused(event, "a second document begins here; exactly one is expected");
                }
                found = node(events.next(), 0);
            }
        }
        sizeViolations.throwIfAny();
        return found;
    }

    private JsonNode node(Event event, int depth) {
        check(event, depth);
        return switch (event.getEventId()) {
            case MappingStart -> mapping(depth + 1);
            case SequenceStart -> sequence(depth + 1);
            case Scalar -> scalar((ScalarEvent) event);
            default -> throw refused(event, "a value is expected, found " + event.getEventId());
        };
    }

    private JsonNode scalar(ScalarEvent event) {
        sizeViolations.text(event.getValue().length(), this::pointer);
        if (YamlScalar.isDecimal(event)
                && !sizeViolations.number(event.getValue().replace("_", ""), this::pointer)) {
            return JsonNodeFactory.instance.nullNode();
        }
        return YamlScalar.node(event)
                .orElseThrow(() -> refused(event, "infinite and undefined numbers are not supported"));
    }

    private String pointer() {
        StringBuilder pointer = new StringBuilder();
        path.descendingIterator().forEachRemaining(step -> pointer.append('/').append(step));
        return pointer.toString();
    }

    private JsonNode mapping(int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Event key = events.next(); !key.is(Event.ID.MappingEnd); key = events.next()) {
            String name = name(key);
            if (object.has(name)) {
                throw refused(key, "member `%s` appears twice".formatted(shortened(name)));
            }
            path.push(JsonPointers.escaped(name));
            object.set(name, node(events.next(), depth));
            path.pop();
        }
        return object;
    }

    private String name(Event key) {
        if (key instanceof ScalarEvent scalar) {
            checkPlainness(scalar);
            if (scalar.getValue().length() > StrictJson.MAX_NAME_CHARACTERS) {
                throw refused(
                        key,
                        "the name of a member is longer than %d characters".formatted(StrictJson.MAX_NAME_CHARACTERS));
            }
            return scalar.getValue();
        }
        if (key instanceof AliasEvent) {
            throw refused(key, "anchors and aliases are not supported");
        }
        throw refused(key, "the name of a member has to be a text");
    }

    private JsonNode sequence(int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Event item = events.next(); !item.is(Event.ID.SequenceEnd); item = events.next()) {
            path.push(Integer.toString(array.size()));
            array.add(node(item, depth));
            path.pop();
        }
        return array;
    }

    private void check(Event event, int depth) {
        if (++nodes > limits.nodes()) {
            throw ParseErrors.tooManyNodes(limits);
        }
        if (event instanceof CollectionStartEvent && depth >= limits.depth()) {
            throw refused(event, ParseErrors.tooDeep(limits));
        }
        if (event instanceof NodeEvent node) {
            checkPlainness(node);
        }
    }

    private static void checkPlainness(NodeEvent event) {
        if (event instanceof AliasEvent || event.getAnchor() != null) {
            throw refused(event, "anchors and aliases are not supported");
        }
        Optional<String> tag = event instanceof CollectionStartEvent collection
                ? Optional.ofNullable(collection.getTag())
                : event instanceof ScalarEvent scalar ? Optional.ofNullable(scalar.getTag()) : Optional.empty();
        tag.ifPresent(name -> {
            throw refused(event, "the tag %s is not supported".formatted(shortened(name)));
        });
    }

    private static SmoException refused(Event event, String what) {
        return unreadable(what, event.getStartMark());
    }

    /** Place where the broken construct begins; it may be noticed many lines later. */
    private static SmoException unreadable(MarkedYAMLException e) {
        Mark noticed = e.getProblemMark();
        Mark begun = e.getContextMark();
        String context = e.getContext() == null ? "" : e.getContext() + ": ";
        if (begun == null || noticed == null || begun.getLine() == noticed.getLine()) {
            Mark mark = noticed == null ? begun : noticed;
            String what = context + e.getProblem();
            return mark == null ? ParseErrors.unreadable(what) : unreadable(what, mark);
        }
        return unreadable("%s%s (noticed in line %d)".formatted(context, e.getProblem(), noticed.getLine() + 1), begun);
    }

    private static SmoException unreadable(String what, Mark mark) {
        return ParseErrors.unreadable(what, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static String firstLine(YAMLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("not YAML");
    }
}
