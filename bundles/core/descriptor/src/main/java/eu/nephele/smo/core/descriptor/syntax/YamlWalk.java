// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.syntax;

import java.util.Iterator;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Walks through the events of a YAML document, however deep it is. */
final class YamlWalk {

    private final Iterator<Event> events;
    private final SourcePositions positions;

    YamlWalk(Iterator<Event> events, SourcePositions positions) {
        this.events = events;
        this.positions = positions;
    }

    void document() {
        while (events.hasNext()) {
            Event event = events.next();
            int line = event.getStartMark() == null ? 0 : event.getStartMark().getLine() + 1;
            int column = event.getStartMark() == null ? 0 : event.getStartMark().getColumn() + 1;
            switch (event.getEventId()) {
                case MappingStart -> positions.begin(false, line, column);
                case SequenceStart -> positions.begin(true, line, column);
                case MappingEnd, SequenceEnd -> positions.end();
                case Scalar, Alias -> {
                    if (positions.expectsName()) {
                        positions.member(event instanceof ScalarEvent name ? name.getValue() : "", line, column);
                    } else {
                        positions.value(line, column);
                    }
                }
                default -> {
                    // begin and end of the stream and of documents
                }
            }
        }
    }
}
