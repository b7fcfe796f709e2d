// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.examples.subscriber;

import eu.nephele.smo.api.event.EventSubscriber;
import eu.nephele.smo.api.event.SmoEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Writes a line for each move of a service and each change of a graph. Its name gives it a cursor: events during its absence are
 * delivered when it is back. After a kill before the cursor was saved events come again; it recognises them by their sequence.
 */
// docs: component
@Component(
        configurationPid = "eu.nephele.smo.examples.subscriber",
        property = {
            EventSubscriber.TYPES + "=service.moved",
            EventSubscriber.TYPES + "=hdag.*",
            EventSubscriber.NAME + "=example-event-file"
        })
@Designate(ocd = EventFileConfig.class)
public final class EventFile implements EventSubscriber {
    // docs: end

    private final Path file;
    private long written;

    @Activate
    public EventFile(BundleContext context, EventFileConfig config) {
        this(Path.of(Optional.ofNullable(context.getProperty("smo.data")).orElse(""))
                .resolve(config.file()));
    }

    EventFile(Path file) {
        this.file = file;
        this.written = lastSequence(file);
    }

    // docs: on
    /** Called by one thread. An exception is logged, and the event comes again after a pause. */
    @Override
    public void on(SmoEvent event) {
        if (event.sequence() <= written) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    file, line(event) + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            written = event.sequence();
        } catch (IOException e) {
            throw new UncheckedIOException("Event %d cannot be written to %s".formatted(event.sequence(), file), e);
        }
    }
    // docs: end

    private static String line(SmoEvent event) {
        String about = event.graph()
                .map(graph ->
                        graph + event.service().map(service -> "/" + service).orElse(""))
                .orElse("-");
        return "%d %s %s %s %s"
                .formatted(
                        event.sequence(),
                        event.time(),
                        event.type(),
                        about,
                        event.data().toJson());
    }

    private static long lastSequence(Path file) {
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty()
                    ? 0
                    : Long.parseLong(lines.get(lines.size() - 1).split(" ", 2)[0]);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(file), e);
        }
    }
}
